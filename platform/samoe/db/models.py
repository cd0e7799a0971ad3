"""All tables of all rooms, found by looking: no list to edit when a room gains a model."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from sqlalchemy import MetaData, Table

import samoe
from samoe.db.table import Base


@cache
def metadata() -> MetaData:
    """Import every ``models`` module or package of the rooms and their sub-rooms; return the metadata they filled."""
    for found in pkgutil.walk_packages(samoe.__path__, prefix="samoe."):
        parts = found.name.split(".")
        if "models" in parts[2:] and parts[1] != "db":
            importlib.import_module(found.name)
    return Base.metadata


def references_to(table: str) -> Iterator[tuple[Table, str]]:
    """Every table and column that points at a row of this table of tenants, found in the schema: foreign keys, and the
    references that are held by the statement. A new room is not forgotten."""
    for other in metadata().sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table.name == table and len(key.column_keys) == 2:
                yield other, key.column_keys[1]
        for column, into in other.info.get("refers", {}).items():
            if into == table:
                yield other, column
