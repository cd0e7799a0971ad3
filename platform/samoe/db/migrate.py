"""Bringing a database to the schema of this release, and asking whether it is there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from samoe.settings import SettingsError

HERE = Path(__file__).parent / "migrations"
UNREMEMBERED = "from before files were remembered"
LOCK = 7263548
"""Advisory lock: two processes that start together must not migrate together."""


def config(owner_url: str) -> Config:
    """Alembic's configuration for a database URL of the owner role."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.attributes["url"] = owner_url
    return made


def run_sql(name: str) -> None:
    """Run a file of SQL that lies beside the revisions, as one script, and remember what it said."""
    script = (HERE / "versions" / name).read_text(encoding="utf-8")
    cursor = op.get_bind().connection.cursor()
    cursor.execute(script)
    cursor.execute("insert into schema_files (name, sha256) values (%s, %s)", (name, _digest(script)))
    cursor.close()


def refuse_another_past(connection: Connection) -> None:
    """Raise ``SettingsError`` where the database was made by files that say something else now.

    A revision that has run is never run again, so a file that was changed afterwards would leave this database
    without the change, and nobody would know.
    """
    connection.execute(text("create table if not exists schema_files (name text primary key, sha256 text not null)"))
    if other := _another_past(connection):
        raise SettingsError(
            f"These data were made by another version of Samoe, whose tables differ ({', '.join(other)})."
            " Open them with that version, or begin with an empty folder: SAMOE_HOME=NEW_FOLDER make run"
        )


def _another_past(connection: Connection) -> list[str]:
    if MigrationContext.configure(connection).get_current_revision() is None:
        return []
    if connection.scalar(text("select to_regclass('public.schema_files')")) is None:
        return [UNREMEMBERED]
    kept = connection.execute(text("select name, sha256 from schema_files order by name")).all()
    return [row.name for row in kept if _digest_now(row.name) != row.sha256] if kept else [UNREMEMBERED]


def _digest(script: str) -> str:
    return hashlib.sha256(script.encode()).hexdigest()


def _digest_now(name: str) -> str | None:
    path = HERE / "versions" / name
    return _digest(path.read_text(encoding="utf-8")) if path.exists() else None


def modelled(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:  # noqa: FBT001 - Alembic's
    """Whether a thing found in a database is to be compared with the models: what remembers the files is in none."""
    return not (kind == "table" and name == "schema_files")


def upgrade(owner_url: str) -> None:
    """Run every revision that the database lacks. Safe to call at each start and from several processes."""
    command.upgrade(config(owner_url), "head")


def at_head(owner_url: str) -> bool:
    """Whether the database has every revision of this release, as this release has it."""
    engine = create_engine(owner_url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            found = set(MigrationContext.configure(connection).get_current_heads())
            other = _another_past(connection)
    finally:
        engine.dispose()
    return not other and found == set(ScriptDirectory.from_config(config(owner_url)).get_heads())


def lock(connection: Connection) -> None:
    """Wait for whoever else is migrating this database; the lock goes with the transaction."""
    connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": LOCK})
