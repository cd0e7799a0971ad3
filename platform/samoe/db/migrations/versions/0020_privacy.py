"""Requests of data subjects, wordings of consent, erasing and keeping."""

from samoe.db.migrate import run_sql

revision = "0020"
down_revision = "0018"


def upgrade() -> None:
    run_sql("0020_privacy.sql")
    run_sql("0020_erasing.sql")
