"""Groups that provinces offer to each other, the fund's mark, and what was taken."""

from samoe.db.migrate import run_sql

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    run_sql("0032_sharing.sql")
