"""The tables of the registry room."""

from samoe.db.migrate import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run_sql("0006_registry.sql")
    run_sql("0006_name_search.sql")
