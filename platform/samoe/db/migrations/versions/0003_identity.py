"""The tables of the identity room, and which roles exclude each other."""

from samoe.db.migrate import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_sql("0003_identity.sql")
    run_sql("0003_role_exclusions.sql")
    run_sql("0003_sessions.sql")
    run_sql("0003_members.sql")
