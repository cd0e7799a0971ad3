"""Numbers of persons are claimed by who reaches a part of the province, and given by the service."""

from samoe.db.migrate import run_sql

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    run_sql("0019_identifier_claims.sql")
