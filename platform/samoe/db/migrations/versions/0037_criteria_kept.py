"""Withdrawn criteria in the fund's sight, no way round a resolution, and questions that are due until answered."""

from samoe.db.migrate import run_sql

revision = "0037"
down_revision = "0035"


def upgrade() -> None:
    run_sql("0037_criteria_kept.sql")
