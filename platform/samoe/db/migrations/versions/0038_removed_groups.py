"""A group that a province made can be taken away where nothing hangs on it; what was published of it stays."""

from samoe.db.migrate import run_sql

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    run_sql("0038_removed_groups.sql")
