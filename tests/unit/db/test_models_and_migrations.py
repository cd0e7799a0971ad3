"""What the migrations make is what the models say, on a database that has nothing else."""

from __future__ import annotations

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from samoe.db.migrate import at_head, upgrade
from samoe.db.models import metadata
from samoe.settings import SettingsError
from tests.conftest import Database


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Made by hand in SQL: the trigram index, and what remembers the files of SQL."""
    by_hand = name is not None and (name.endswith("_trgm") or name == "schema_files")
    return not (kind in {"index", "foreign_key_constraint", "table"} and by_hand)


def test_the_models_and_the_migrated_database_agree(shared_database: Database) -> None:
    connectable = create_engine(shared_database.dsn("owner"))
    with connectable.connect() as connection:
        options = {"compare_type": True, "include_object": _ours}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata())
    connectable.dispose()
    assert differences == []


def test_migrating_again_changes_nothing(shared_database: Database) -> None:
    assert at_head(shared_database.dsn("owner"))
    upgrade(shared_database.dsn("owner"))
    assert at_head(shared_database.dsn("owner"))


def test_a_database_of_another_past_is_not_opened(database: Database) -> None:
    with psycopg.connect(database.psycopg("owner")) as connection:
        connection.execute("update schema_files set sha256 = 'other' where name = '0003_sessions.sql'")
    with pytest.raises(SettingsError, match=r"0003_sessions\.sql.*SAMOE_HOME="):
        upgrade(database.dsn("owner"))
    with psycopg.connect(database.psycopg("owner")) as connection:
        connection.execute("drop table schema_files")
    with pytest.raises(SettingsError, match="from before files were remembered"):
        upgrade(database.dsn("owner"))
