"""Signing in by a printed slip, a bound telephone and a PIN."""

from samoe.db.migrate import run_sql

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    run_sql("0021_slips.sql")
