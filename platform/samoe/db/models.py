"""All tables of all rooms, found by looking: no list to edit when a room gains a model."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from sqlalchemy import MetaData

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
