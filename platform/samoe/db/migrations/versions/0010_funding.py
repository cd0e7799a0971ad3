"""The tables of the funding room, and the rules of money that no code can pass by."""

from samoe.db.migrate import run_sql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    run_sql("0010_funding.sql")
    run_sql("0010_payment_tables.sql")
    run_sql("0010_funding_protection.sql")
    run_sql("0010_ledger.sql")
    run_sql("0010_requests.sql")
    run_sql("0010_payments.sql")
