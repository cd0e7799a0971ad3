"""National indicators, reference rules, and what provinces release under them."""

from samoe.db.migrate import run_sql

revision = "0031"
down_revision = "0027"


def upgrade() -> None:
    run_sql("0031_national.sql")
