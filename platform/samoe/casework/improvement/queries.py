"""The plan of a case: its lines, and the items that it may speak of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from samoe.casework.assessments.sheets import named
from samoe.casework.enrolments.cases import Case
from samoe.casework.models import Enrolment, ImprovementItem
from samoe.kit.problem import NotFound
from samoe.sdk import Field
from samoe.tenancy import current


def failing(found: Case, field: Field) -> dict[str, str]:
    """The items that the result standing now has at the lowest mark, with their words."""
    scale = found.manifest.scale(field.scale or "")
    result = found.enrolment.answers.get(field.slug)
    items = scale.failing(result) if isinstance(result, dict) else ()
    return {item: named(scale, item) for item in items}


def lines(db: Session, found: Case, field: Field) -> Sequence[ImprovementItem]:
    """All lines of the subject with this instrument, over the phases: what is open first, then by when it is due."""
    i, mine, e = ImprovementItem, Enrolment, aliased(Enrolment)
    here = found.enrolment
    same = e.person_id == here.person_id if here.person_id else e.subject_institution_id == here.subject_institution_id
    return db.scalars(
        select(i)
        .join(e, (e.tenant_id == i.tenant_id) & (e.id == i.enrolment_id))
        .where(
            i.tenant_id == current().tenant_id, mine.tenant_id == i.tenant_id, mine.id == here.id, same,
            e.group_id == mine.group_id, i.field == field.slug,
        )
        .order_by(i.done_on.desc().nulls_first(), i.due_on, i.id)
    ).all()  # fmt: skip


def line(db: Session, item_id: UUID) -> ImprovementItem:
    """One line. ``NotFound`` out of reach."""
    row = db.get(ImprovementItem, (current().tenant_id, item_id))
    if row is None:
        raise NotFound
    return row
