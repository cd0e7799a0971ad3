"""What else follows a person into another record: whatever points at them, the chosen values, and the lead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.registry.duplicates import queries
from samoe.registry.duplicates.moving import Moves, what_hangs_on_persons
from samoe.registry.models import Person, Placement
from samoe.tenancy import current


def move_the_rest(db: Session, moves: Moves, kept_id: UUID, gone_id: UUID) -> None:
    """Everything else that points at the person: identity numbers, stays, consents, households, bank accounts."""
    here = current().tenant_id
    at = select(Placement.institution_id).where(
        Placement.tenant_id == here, Placement.person_id == kept_id, Placement.to_on.is_(None)
    )
    present = set(db.scalars(at))
    today = datetime.now(UTC).date()
    for table, column in what_hangs_on_persons():
        mine: tuple[ColumnElement[bool], ...] = (table.c.tenant_id == here, table.c[column] == gone_id)
        if table.name == "placements":
            mine = (*mine, ~(table.c.institution_id.in_(present) & table.c.to_on.is_(None)))
        ids = list(db.scalars(select(table.c.id).where(*mine).order_by(table.c.id)))
        live: list[UUID] = []
        if _one_live(table, column) and db.scalar(select(_live(table, column, kept_id))):
            live = list(db.scalars(select(table.c.id).where(*mine, table.c.valid_to.is_(None))))
        moves.change(table.name, live, {column: kept_id, "valid_to": today})
        moves.change(table.name, [row for row in ids if row not in live], {column: kept_id})
    table = metadata().tables["duplicate_candidates"]
    for column, other in (("person_id", "other_person_id"), ("other_person_id", "person_id")):
        ids = list(
            db.scalars(
                select(table.c.id).where(
                    table.c.tenant_id == here,
                    table.c[column] == gone_id,
                    table.c[other] != kept_id,
                    table.c.state == "open",
                )
            )
        )
        moves.change(table.name, ids, {column: kept_id})


def _one_live(table: Table, column: str) -> bool:
    """Whether a person may have one row here that is in force, as with the account into which they are paid."""
    return any(
        index.unique and [c.name for c in index.columns] == ["tenant_id", column] and "valid_to" in table.c
        for index in table.indexes
    )


def _live(table: Table, column: str, person_id: UUID) -> ColumnElement[bool]:
    here = (table.c.tenant_id == current().tenant_id, table.c[column] == person_id, table.c.valid_to.is_(None))
    return select(table.c.id).where(*here).exists()


def choose(pair: queries.Pair, moves: Moves, kept: Person, choices: Mapping[str, UUID]) -> None:
    """Write the chosen values into the record that stays."""
    people = {pair.first.id: pair.first, pair.second.id: pair.second}
    for choice, columns in queries.CHOICES.items():
        chosen = people.get(choices.get(choice, pair.suggested(choice)))
        if chosen is not None and chosen is not kept and pair.differs(choice):
            moves.change("persons", [kept.id], {name: getattr(chosen, name) for name in columns})


def lead_over(db: Session, moves: Moves, kept_id: UUID, gone_id: UUID) -> None:
    """The record leads to the one that stays, and so do those that were merged into it before."""
    p = Person
    before = db.scalars(select(p.id).where(p.tenant_id == current().tenant_id, p.merged_into_id == gone_id)).all()
    moves.change("persons", [gone_id, *before], {"merged_into_id": kept_id})
