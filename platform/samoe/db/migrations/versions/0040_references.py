"""A reference rule may be for every group that answers one national indicator, whatever it is called."""

from samoe.db.migrate import run_sql

revision = "0040"
down_revision = "0038"


def upgrade() -> None:
    run_sql("0040_references.sql")
