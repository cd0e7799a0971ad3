"""Rehearsals: tenants of their own, out of the fund's sight, and thrown away whole."""

from samoe.db.migrate import run_sql

revision = "0030"
down_revision = "0027"


def upgrade() -> None:
    run_sql("0030_rehearsals.sql")
    run_sql("0030_worlds.sql")
    run_sql("0030_throwing_away.sql")
