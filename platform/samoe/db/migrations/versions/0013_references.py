"""References to rows that the same transaction made are checked together, and need not be held."""

from samoe.db.migrate import run_sql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    run_sql("0013_references.sql")
