"""Members with a part of a tenant read a part of what its tables without a district hold, too."""

from samoe.db.migrate import run_sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_sql("0016_narrow_members.sql")
