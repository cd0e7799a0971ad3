"""Choosing cases: always the same ones, and from all over the province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.demo.scene import Part
from samoe.registry.models import Institution, Person
from samoe.tenancy import current

Chosen = list[tuple[str, str]]
"""Enrolments with the district where each is cared for, as JSON can keep them."""


def cases(db: Session, part: Part, *conditions: ColumnElement[bool]) -> Sequence[Any]:
    """Cases of a group by place and name: rows with ``id``, ``area_code``, ``answers`` and the ``Person``."""
    e, p, i = Enrolment, Person, Institution
    asked = (
        select(e.id, e.area_code, e.status, e.answers, e.institution_id, p)
        .outerjoin(p, and_(p.tenant_id == e.tenant_id, p.id == e.person_id))
        .outerjoin(i, and_(i.tenant_id == e.tenant_id, i.id == e.subject_institution_id))
        .where(e.tenant_id == current().tenant_id, e.group_id == part.group.id, *conditions)
        .order_by(e.area_code, p.sort_key, p.birth_date, p.house_no, i.sort_key, e.id)
    )
    return db.execute(asked).all()


def spread(found: Sequence[Any], count: int) -> Chosen:
    """So many of the rows, from all over the list."""
    step = max(1, len(found) // count) if count else 1
    first = [found[place] for place in range(0, len(found), step)]
    rest = [row for place, row in enumerate(found) if place % step]
    return [(str(row.id), str(row.area_code)[:4]) for row in [*first, *rest][:count]]


def ids(chosen: Chosen) -> list[UUID]:
    return [UUID(case) for case, _ in chosen]
