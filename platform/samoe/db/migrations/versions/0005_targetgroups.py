"""The tables of the targetgroups room."""

from samoe.db.migrate import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run_sql("0005_targetgroups.sql")
    run_sql("0005_published.sql")
