"""A phase is published once it is set up, its targets know quarters, and what it carries on is carried on once."""

from samoe.db.migrate import run_sql

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    run_sql("0026_phase_set_up.sql")
