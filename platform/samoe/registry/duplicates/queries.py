"""The pairs that wait for a decision, what differs in them, and what was merged. Out of reach is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from samoe.identity.member_list import name_of_member
from samoe.kit.problem import NotFound
from samoe.registry.models import DuplicateCandidate, Person, PersonIdentifier, PersonMerge
from samoe.tenancy import current

PAGE = 50
CHOICES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "name": ("first_name", "last_name", "search_name", "sort_key"),
    "sex": ("sex",),
    "birth": ("birth_date", "birth_precision"),
    "address": ("house_no", "moo", "area_code", "area_bit"),
    "phones": ("phones",),
    "guardian": ("guardian_name",),
}
"""What of a record is chosen together, and the columns it is kept in."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records side by side. ``first`` is the older one, which a decision keeps unless told otherwise."""

    candidate: DuplicateCandidate
    first: Person
    second: Person

    def differs(self, choice: str) -> bool:
        """Whether the two say something different of this; a blank beside a value is no contradiction."""
        return self.values(self.first, choice) != self.values(self.second, choice)

    def suggested(self, choice: str) -> UUID:
        """Whose value is proposed: the older record's, unless only the other one has any."""
        return self.second.id if _blank(self.values(self.first, choice)) else self.first.id

    @staticmethod
    def values(person: Person, choice: str) -> list[Any]:
        return [getattr(person, column) for column in CHOICES[choice]]


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair on which somebody has decided."""

    pair: Pair
    by: str | None
    at: datetime
    merge_id: UUID | None


def _blank(values: Sequence[Any]) -> bool:
    return all(value in (None, "", "unknown", 1) for value in values)


def count_open(db: Session) -> int:
    """How many pairs wait for a decision within reach."""
    a, b = aliased(Person), aliased(Person)
    counted = select(func.count()).select_from(DuplicateCandidate).join(a, _is(a, "person_id"))
    counted = counted.join(b, _is(b, "other_person_id")).where(*_waiting(a, b))
    return db.scalar(counted) or 0


def open_pairs(db: Session, after: UUID | None = None, limit: int = PAGE) -> list[Pair]:
    """A page of the pairs that wait, the oldest first. ``after`` is the id of the page before's last."""
    d, a, b = DuplicateCandidate, aliased(Person), aliased(Person)
    query = select(d, a, b).join(a, _is(a, "person_id")).join(b, _is(b, "other_person_id")).where(*_waiting(a, b))
    if after is not None:
        query = query.where(d.id > after)
    return [_pair(*row) for row in db.execute(query.order_by(d.id).limit(limit))]


def decided_pairs(db: Session, limit: int = PAGE) -> list[Decided]:
    """The latest decisions."""
    d, a, b, m = DuplicateCandidate, aliased(Person), aliased(Person), PersonMerge
    rows = db.execute(
        select(d, a, b, name_of_member(d.decided_by), m.id)
        .join(a, _is(a, "person_id"))
        .join(b, _is(b, "other_person_id"))
        .outerjoin(m, and_(m.tenant_id == d.tenant_id, m.candidate_id == d.id))
        .where(d.tenant_id == current().tenant_id, d.state != "open", d.decided_at.is_not(None))
        .order_by(d.decided_at.desc())
        .limit(limit)
    )
    return [Decided(_pair(row[0], row[1], row[2]), row[3], row[0].decided_at, row[4]) for row in rows]


def pair(db: Session, candidate_id: UUID) -> Pair:
    """One pair in whatever state. Raises ``NotFound`` where either record is out of reach."""
    d, a, b = DuplicateCandidate, aliased(Person), aliased(Person)
    row = db.execute(
        select(d, a, b)
        .join(a, _is(a, "person_id"))
        .join(b, _is(b, "other_person_id"))
        .where(d.tenant_id == current().tenant_id, d.id == candidate_id)
    ).first()
    if row is None:
        raise NotFound
    return _pair(*row)


def same_numbers(db: Session, pair: Pair) -> bool:
    """Whether the two hold the same identity numbers. Two that differ may look alike where they are masked."""
    i = PersonIdentifier
    rows = db.execute(
        select(i.person_id, i.value).where(
            i.tenant_id == current().tenant_id, i.person_id.in_([pair.first.id, pair.second.id]), i.valid_to.is_(None)
        )
    ).all()
    held = [{value for person, value in rows if person == one.id} for one in (pair.first, pair.second)]
    return held[0] == held[1]


def _pair(candidate: DuplicateCandidate, a: Person, b: Person) -> Pair:
    first, second = sorted((a, b), key=lambda one: (one.recorded_at, str(one.id)))
    return Pair(candidate, first, second)


def _is(person: Any, column: str) -> ColumnElement[bool]:
    d = DuplicateCandidate
    return and_(person.tenant_id == d.tenant_id, person.id == getattr(d, column))


def _waiting(a: Any, b: Any) -> list[ColumnElement[bool]]:
    d = DuplicateCandidate
    return [
        d.tenant_id == current().tenant_id, d.state == "open", a.merged_into_id.is_(None), b.merged_into_id.is_(None)
    ]  # fmt: skip
