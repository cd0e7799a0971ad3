"""The tables of the audit room."""

from samoe.db.migrate import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run_sql("0002_audit.sql")
    run_sql("0002_history.sql")
