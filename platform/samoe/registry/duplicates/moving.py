"""Changing rows on behalf of a merge, so that it can be taken apart: each change keeps what the row was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from samoe.db.models import metadata, references_to
from samoe.db.table import CURRENT_TENANT
from samoe.registry.models import PersonMergeMove
from samoe.tenancy import current

LEFT_ALONE = frozenset(
    {
        "persons", "enrolments", "entitlements", "duplicate_candidates", "person_merges",
        "privacy_requests", "erasures", "legal_holds",
    }
)  # fmt: skip
"""Tables that point at a person and are moved by their own rules, or by the database with the case they hang on; and
what was asked, decided or held under one record, which stays there (all records of a person are asked for)."""


class Moves:
    """The changes of one merge, in their order."""

    def __init__(self, db: Session, merge_id: UUID, kept_id: UUID) -> None:
        self.db, self.merge_id, self.kept_id, self.number = db, merge_id, kept_id, 0

    def change(
        self, name: str, ids: Iterable[UUID], values: Mapping[str, Any], *, also: Mapping[str, Any] | None = None
    ) -> None:
        """Set columns of rows. ``values`` are what must still stand for the row to be put back; ``also`` goes along."""
        table = metadata().tables[name]
        every = {**values, **(also or {})}
        for row_id in ids:
            here = (table.c.tenant_id == current().tenant_id, table.c.id == row_id)
            was = self.db.scalar(select(_json(table, every)).where(*here))
            counters = {"row_version": table.c.row_version + 1} if "row_version" in table.c else {}
            now = {"updated_at": func.now()} if "updated_at" in table.c else {}
            self.db.execute(update(table).where(*here).values(**every, **counters, **now))
            became = self.db.scalar(select(_json(table, values)).where(*here))
            self.number += 1
            self.db.execute(
                insert(PersonMergeMove).values(
                    merge_id=self.merge_id, kept_id=self.kept_id, seq=self.number, table_name=name,
                    row_id=row_id, was=was, became=became,
                )
            )  # fmt: skip


def _json(table: Table, columns: Iterable[str]) -> Any:
    pairs = [part for name in columns for part in (text(f"'{name}'"), table.c[name])]
    return func.jsonb_build_object(*pairs, type_=JSONB)


def put_back(db: Session, merge_id: UUID) -> int:
    """Undo the changes of a merge, the last first. Returns how many rows stay, because they changed since."""
    v = PersonMergeMove
    moves = db.execute(
        select(v.table_name, v.row_id, v.was, v.became)
        .where(v.tenant_id == current().tenant_id, v.merge_id == merge_id)
        .order_by(v.seq.desc())
    ).all()
    stayed = 0
    for move in moves:
        table = metadata().tables[move.table_name]
        sets = [f"{name} = w.{name}" for name in move.was]
        sets += ["row_version = t.row_version + 1"] if "row_version" in table.c else []
        sets += ["updated_at = now()"] if "updated_at" in table.c else []
        same = " and ".join(f"t.{name} is not distinct from b.{name}" for name in move.became)
        statement = text(
            f"update {table.name} t set {', '.join(sets)}"  # noqa: S608 - names of our own tables and columns
            f" from jsonb_populate_record(null::{table.name}, :was) w,"
            f" jsonb_populate_record(null::{table.name}, :became) b"
            f" where t.tenant_id = {CURRENT_TENANT} and t.id = :row and {same}"
        ).bindparams(bindparam("was", type_=JSONB), bindparam("became", type_=JSONB))
        done = db.execute(statement, {"was": move.was, "became": move.became, "row": move.row_id})
        stayed += int(done.rowcount == 0)  # type: ignore[attr-defined]
    return stayed


def what_hangs_on_persons() -> list[tuple[Table, str]]:
    """Every table that points at a person and simply follows."""
    return [(table, column) for table, column in references_to("persons") if table.name not in LEFT_ALONE]
