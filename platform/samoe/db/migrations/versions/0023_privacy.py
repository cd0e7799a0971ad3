"""Requests of data subjects, wordings of consent, erasing and keeping."""

from samoe.db.migrate import run_sql

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    run_sql("0023_privacy.sql")
    run_sql("0023_erasing.sql")
