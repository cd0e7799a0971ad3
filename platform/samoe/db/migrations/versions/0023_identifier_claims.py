"""Numbers of persons are claimed by who reaches a part of the province, and given by the service."""

from samoe.db.migrate import run_sql

revision = "0023"
down_revision = "0021"


def upgrade() -> None:
    run_sql("0023_identifier_claims.sql")
