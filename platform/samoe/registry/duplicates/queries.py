"""The pairs that wait for a decision, what differs in them, and what was merged. Out of reach is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from samoe.identity.models import Account, Membership
from samoe.kit.problem import NotFound
from samoe.registry.models import DuplicateCandidate, Person, PersonMerge, PersonMergeMove
from samoe.registry.persons.queries import shown_name
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
class Merged:
    """A merge as it is told: of which records, by whom, when, and how it stands."""

    merge: PersonMerge
    kept: Person
    merged_name: str
    by: str | None
    parted_by: str | None
    moved: dict[str, int]


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
        select(d, a, b, _name_of(d.decided_by), m.id)
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


def merged(db: Session, merge_id: UUID) -> Merged:
    """One merge. Raises ``NotFound`` out of reach."""
    m, kept, other, v = PersonMerge, aliased(Person), aliased(Person), PersonMergeMove
    row = db.execute(
        select(m, kept, other, _name_of(m.merged_by), _name_of(m.parted_by))
        .join(kept, and_(kept.tenant_id == m.tenant_id, kept.id == m.kept_id))
        .outerjoin(other, and_(other.tenant_id == m.tenant_id, other.id == m.merged_id))
        .where(m.tenant_id == current().tenant_id, m.id == merge_id)
    ).first()
    if row is None:
        raise NotFound
    moved = db.execute(
        select(v.table_name, func.count(func.distinct(v.row_id)))
        .where(v.tenant_id == current().tenant_id, v.merge_id == merge_id, v.table_name != "persons")
        .group_by(v.table_name)
    )
    name = shown_name(row[2].title, row[2].first_name, row[2].last_name) if row[2] else ""
    return Merged(row[0], row[1], name, row[3], row[4], {row[0]: row[1] for row in moved})


def merges_of(db: Session, person_id: UUID) -> list[PersonMerge]:
    """The merges in force whose record this is."""
    m = PersonMerge
    return list(
        db.scalars(
            select(m)
            .where(m.tenant_id == current().tenant_id, m.kept_id == person_id, m.parted_at.is_(None))
            .order_by(m.recorded_at)
        )
    )


def same_person(db: Session, person_id: UUID) -> list[UUID]:
    """The record and those merged into it: what was sealed under their ids is this person's, too."""
    p = Person
    others = select(p.id).where(p.tenant_id == current().tenant_id, p.merged_into_id == person_id)
    return [person_id, *db.scalars(others)]


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


def _name_of(membership: Any) -> Any:
    return (
        select(Account.display_name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.tenant_id == current().tenant_id, Membership.id == membership)
        .scalar_subquery()
    )
