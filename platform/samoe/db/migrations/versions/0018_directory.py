"""How members stand in the directory of the site where they sign in."""

from samoe.db.migrate import run_sql

revision = "0018"
down_revision = "0019"


def upgrade() -> None:
    run_sql("0018_directory.sql")
