"""The people behind the counts: a few who are just in or just out, and those whom one answer would settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.casework.screening.checks import Check, checks
from samoe.casework.screening.counting import Counts
from samoe.kit.be_date import age_on
from samoe.registry.models import Institution, Person
from samoe.registry.persons.queries import shown_name
from samoe.targetgroups.criteria import Circumstances, walk
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import areas, current

Rule = tuple[Criteria, Circumstances]


@dataclass(frozen=True, slots=True)
class Example:
    """One of those whom a change lets in or out, without a name: the clauses that made the difference."""

    person_id: UUID | None
    institution_id: UUID | None
    age: int | None
    area: str
    checks: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody whom one answer would settle."""

    person_id: UUID | None
    institution_id: UUID | None
    name: str
    area: str


def examples(
    db: Session, counts: Counts, now: Rule, before: Rule, locale: str, *, sensitive: bool
) -> tuple[list[Example], list[Example]]:
    """Those just in, by the clauses that the version before left them out by; those just out, by the new ones.

    ``sensitive`` opens the answers to sensitive questions.
    """
    rows = {row.id: row for row in _rows(db, [*counts.just_in, *counts.just_out])}

    def example(one: UUID, rule: Rule) -> Example:
        row, (criteria, under) = rows[one], rule
        trace = walk(criteria.tree, under, row.answers, row.birth_date)
        decided = [check for check in checks(under, trace, sensitive=sensitive) if check.answer is not True]
        return Example(
            row.person_id, row.subject_institution_id, age_on(row.birth_date, under.today) if row.birth_date else None,
            areas.name_of((row.area_code or "")[:4], locale),
            decided,
        )  # fmt: skip

    return (
        [example(one, before) for one in counts.just_in if one in rows],
        [example(one, now) for one in counts.just_out if one in rows],
    )


def listed(db: Session, ids: Sequence[UUID], locale: str) -> list[Listed]:
    """These enrolments by name."""
    found = [
        Listed(
            row.person_id, row.subject_institution_id,
            shown_name(row.title, row.first_name, row.last_name) if row.person_id else row.name,
            areas.name_of((row.area_code or "")[:4], locale),
        )
        for row in _rows(db, ids)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.area, one.name))


def _rows(db: Session, ids: Sequence[UUID]) -> Sequence[Any]:
    e, p, i = Enrolment, Person, Institution
    if not ids:
        return []
    return db.execute(
        select(
            e.id, e.person_id, e.subject_institution_id, e.area_code, e.answers, p.birth_date, p.title, p.first_name,
            p.last_name, i.name,
        )
        .outerjoin(p, and_(p.tenant_id == e.tenant_id, p.id == e.person_id))
        .outerjoin(i, and_(i.tenant_id == e.tenant_id, i.id == e.subject_institution_id))
        .where(e.tenant_id == current().tenant_id, e.id.in_(ids))
    ).all()  # fmt: skip
