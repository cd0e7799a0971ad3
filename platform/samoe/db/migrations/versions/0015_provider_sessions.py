"""Sessions remember the identity provider's session, so that the provider can end them."""

from samoe.db.migrate import run_sql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    run_sql("0015_provider_sessions.sql")
