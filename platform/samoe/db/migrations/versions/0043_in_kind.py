"""What is given in kind is handed over against a signature: a batch may be of goods."""

from samoe.db.migrate import run_sql

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    run_sql("0043_in_kind.sql")
