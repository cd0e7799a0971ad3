"""The tables of the reporting room."""

from samoe.db.migrate import run_sql

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    run_sql("0011_reporting.sql")
    run_sql("0011_stock.sql")
    run_sql("0011_aid.sql")
    run_sql("0011_aid_months.sql")
