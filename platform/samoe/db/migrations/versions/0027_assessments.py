"""Assessments with an instrument, improvement plans, and the items that a grant pays for."""

from samoe.db.migrate import run_sql

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    run_sql("0027_assessments.sql")
    run_sql("0027_erasing.sql")
