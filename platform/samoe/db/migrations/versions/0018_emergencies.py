"""One record open to the fund in an emergency, and the papers that must be on file before."""

from samoe.db.migrate import run_sql

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    run_sql("0018_emergencies.sql")
