"""Files that answer a question of a case: who opens them, and that they go when the time of the answer is over."""

from samoe.db.migrate import run_sql

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    run_sql("0035_attachments.sql")
    run_sql("0035_erasing.sql")
