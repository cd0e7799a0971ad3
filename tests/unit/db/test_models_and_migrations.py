"""What the migrations make is what the models say, on a database that has nothing else."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from samoe.db.migrate import at_head, upgrade
from samoe.db.models import metadata
from tests.conftest import Database


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Made by hand in SQL: the trigram index."""
    by_hand = name is not None and name.endswith("_trgm")
    return not (kind in {"index", "foreign_key_constraint"} and by_hand)


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
