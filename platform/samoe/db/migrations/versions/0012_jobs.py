"""The queue of dramatiq-postgres 1.4, in its own schema. It holds ids and numbers only, so it needs no tenant policy."""

from samoe.db.migrate import run_sql

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    run_sql("0012_jobs.sql")
