"""Rehearsals: tenants of their own, out of the fund's sight, and thrown away whole."""

from samoe.db.migrate import run_sql

revision = "0034"
down_revision = "0032"


def upgrade() -> None:
    run_sql("0034_rehearsals.sql")
    run_sql("0034_worlds.sql")
    run_sql("0034_throwing_away.sql")
