"""What was typed to search for is kept with the session, so that no address holds it."""

from samoe.db.migrate import run_sql

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    run_sql("0020_kept_words.sql")
