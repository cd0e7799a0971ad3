"""Members with a part of a tenant read a part of what its tables without a district hold, too."""

from samoe.db.migrate import run_sql

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    run_sql("0017_narrow_members.sql")
