"""Bringing a database to the schema of this release, and asking whether it is there."""

from __future__ import annotations

from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

HERE = Path(__file__).parent / "migrations"
LOCK = 7263548
"""Advisory lock: two processes that start together must not migrate together."""


def config(owner_url: str) -> Config:
    """Alembic's configuration for a database URL of the owner role."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["url"] = owner_url
    return made


def run_sql(name: str) -> None:
    """Run a file of SQL that lies beside the revisions, as one script."""
    script = (HERE / "versions" / name).read_text(encoding="utf-8")
    cursor = op.get_bind().connection.cursor()
    cursor.execute(script)
    cursor.close()


def upgrade(owner_url: str) -> None:
    """Run every revision that the database lacks. Safe to call at each start and from several processes."""
    command.upgrade(config(owner_url), "head")


def at_head(owner_url: str) -> bool:
    """Whether the database has every revision of this release."""
    engine = create_engine(owner_url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            found = set(MigrationContext.configure(connection).get_current_heads())
    finally:
        engine.dispose()
    return found == set(ScriptDirectory.from_config(config(owner_url)).get_heads())


def lock(connection: Connection) -> None:
    """Wait for whoever else is migrating this database; the lock goes with the transaction."""
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
