"""Second factors of local accounts, and whether a session was opened with one."""

from samoe.db.migrate import run_sql

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    run_sql("0016_second_factor.sql")
