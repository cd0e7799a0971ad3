"""A target group of a province: every row that belongs to it, and its words marked, so that they are known anywhere."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from samoe.sdk import parse
from samoe.sdk.writing import write_manifest
from samoe.targetgroups import discovery
from samoe.targetgroups.discovery import Module
from samoe.targetgroups.group_versions import SHIPPED_ONLY
from tests.isolation.places import TABLES

Row = tuple[str, UUID]
ABOVE = {
    "persons", "phases", "memberships", "institutions", "partner_orgs", "funding_requests", "committees", "agreements",
}  # fmt: skip
"""What is no group's, though rows of a group name it."""


def word(slug: str) -> str:
    """What stands beside every word of a group's manifest while words are marked."""
    return f"⟦{slug}⟧"


@contextmanager
def words_marked(patch: pytest.MonkeyPatch, *, but: str) -> Iterator[None]:
    """Names, questions, answers, stages: whatever a page says of a group says which group's it is. One module is not
    here at all: its group is one that a province has made (``made_here``)."""
    with without(patch, but) as meanwhile:
        found = tuple(_marked(module) for module in discovery.modules())
        meanwhile.setattr(discovery, "modules", lambda: found)
        yield


@contextmanager
def without(patch: pytest.MonkeyPatch, slug: str) -> Iterator[pytest.MonkeyPatch]:
    """The folder of a module is taken away."""
    kept, here = discovery.modules(), discovery._looked(tuple(sys.path))
    with patch.context() as meanwhile:
        left = replace(here, modules=tuple(one for one in here.modules if one.manifest.slug != slug))
        meanwhile.setattr(discovery, "_looked", lambda _path: left)
        meanwhile.setattr(discovery, "modules", lambda: tuple(one for one in kept if one.manifest.slug != slug))
        yield meanwhile


def made_here(owner: psycopg.Connection[Any], tenant: int, slug: str) -> None:
    """Make a shipped group one that this province has made in the browser, words marked, its data as they are."""
    module = next(module for module in discovery.modules() if module.manifest.slug == slug)
    said = write_manifest(_marked(module).manifest).items()
    body = {key: value for key, value in said if key not in (*SHIPPED_ONLY, "python")}
    owner.execute(
        "insert into group_versions (tenant_id, id, slug, number, state, body, origin, published_at)"
        " select %s, gen_random_uuid(), %s, coalesce(max(number), 0) + 1, 'published', %s, 'blank', now()"
        " from group_versions where tenant_id = %s and slug = %s",
        [tenant, slug, Jsonb(body), tenant, slug],
    )


def _marked(module: Module) -> Module:
    data = write_manifest(module.manifest)
    return replace(module, manifest=parse(_mark(data, word(module.manifest.slug))))


def _mark(data: Any, mark: str) -> Any:
    if isinstance(data, dict):
        if set(data) == {"th", "en"}:
            return {language: f"{said} {mark}" for language, said in data.items()}
        return {key: _mark(part, mark) for key, part in data.items()}
    return [_mark(part, mark) for part in data] if isinstance(data, list) else data


def rows_of(owner: psycopg.Connection[Any], tenant: int, slug: str) -> set[Row]:
    """The rows that name the group, and those that hang on them, however far down."""
    columns: defaultdict[str, set[str]] = defaultdict(set)
    for table, column in owner.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
    ):
        columns[table].add(column)
    tables = {table: own for table, own in columns.items() if {"tenant_id", "id"} <= own and table != "row_history"}
    (group,) = owner.execute("select id from tenant_groups where tenant_id = %s and slug = %s", [tenant, slug])
    found: set[Row] = set()
    for table, own in tables.items():
        for column, value in (("group_slug", slug), ("group_id", group[0])):
            if column in own:
                found |= _ids(owner, table, tenant, column, [value])
    while True:
        known = _by_table(found)
        for table, own in tables.items():
            for column in own & {*TABLES, "batch_id"}:
                above = _table_of(table, column)
                if above not in ABOVE and known.get(above):
                    found |= _ids(owner, table, tenant, column, known[above])
        if _by_table(found) == known:
            return found


def _table_of(table: str, column: str) -> str:
    if column == "batch_id":
        return "import_batches" if table.startswith("import_") else "payment_batches"
    return TABLES[column]


def _by_table(rows: set[Row]) -> Mapping[str, set[UUID]]:
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    for table, row in rows:
        found[table].add(row)
    return found


def _ids(owner: psycopg.Connection[Any], table: str, tenant: int, column: str, values: Any) -> set[Row]:
    asked = f"select id from {table} where tenant_id = %s and {column}::text = any(%s)"
    rows = owner.execute(asked, [tenant, [str(value) for value in values]])  # type: ignore[arg-type]
    return {(table, row[0]) for row in rows}
