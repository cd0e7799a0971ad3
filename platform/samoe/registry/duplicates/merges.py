"""What was merged: one merge, those of a person, and the ids under which a person's things may be kept."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from samoe.identity.member_list import name_of_member
from samoe.kit.problem import NotFound
from samoe.registry.models import Person, PersonMerge, PersonMergeMove
from samoe.registry.persons.queries import shown_name
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge as it is told: of which records, by whom, when, and how it stands."""

    merge: PersonMerge
    kept: Person
    merged_name: str
    by: str | None
    parted_by: str | None
    moved: dict[str, int]


def merged(db: Session, merge_id: UUID) -> Merged:
    """One merge. Raises ``NotFound`` out of reach."""
    m, kept, other, v = PersonMerge, aliased(Person), aliased(Person), PersonMergeMove
    row = db.execute(
        select(m, kept, other, name_of_member(m.merged_by), name_of_member(m.parted_by))
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
