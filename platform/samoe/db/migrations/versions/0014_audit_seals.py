"""The audit trail's chain of seals."""

from samoe.db.migrate import run_sql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    run_sql("0014_audit_seals.sql")
