"""How members stand in the directory of the site where they sign in."""

from samoe.db.migrate import run_sql

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    run_sql("0022_directory.sql")
