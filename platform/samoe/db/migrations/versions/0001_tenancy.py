"""The tables of the tenancy room."""

from samoe.db.migrate import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql("0001_tenancy.sql")
    run_sql("0001_references.sql")
