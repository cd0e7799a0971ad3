"""The tables of the casework room."""

from samoe.db.migrate import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run_sql("0008_casework.sql")
    run_sql("0008_casework_protection.sql")
    run_sql("0008_person_access.sql")
    run_sql("0008_case_columns.sql")
    run_sql("0008_voided_lines.sql")
    run_sql("0008_folding.sql")
