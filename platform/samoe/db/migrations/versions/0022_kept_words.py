"""What was typed to search for is kept with the session, so that no address holds it."""

from samoe.db.migrate import run_sql

revision = "0022"
down_revision = "0023"


def upgrade() -> None:
    run_sql("0022_kept_words.sql")
