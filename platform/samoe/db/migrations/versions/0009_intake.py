"""The tables of the intake room."""

from samoe.db.migrate import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    run_sql("0009_intake.sql")
    run_sql("0009_statistics.sql")
