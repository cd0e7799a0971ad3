"""Signing in by a printed slip, a bound telephone and a PIN."""

from samoe.db.migrate import run_sql

revision = "0019"
down_revision = "0022"


def upgrade() -> None:
    run_sql("0019_slips.sql")
