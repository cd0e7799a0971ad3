"""Target groups as a tenant has them: taken from a module, or made in the browser."""

from samoe.db.migrate import run_sql

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    run_sql("0024_group_versions.sql")
