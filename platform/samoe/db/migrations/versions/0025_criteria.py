"""Criteria that change after a screening stand on a resolution, and the fund sees what each version found."""

from samoe.db.migrate import run_sql

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    run_sql("0025_criteria.sql")
