"""Assessments as they are kept: one, its marks, those of a subject over the years, and what fails now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from samoe.casework.assessments.sheets import label_of, scale_of
from samoe.casework.enrolments.cases import Case, case
from samoe.casework.models import Assessment, AssessmentMark, Enrolment
from samoe.kit.problem import NotFound
from samoe.sdk import Field, Manifest, Scale
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Sitting:
    """An assessment with its case, its field and the edition it was made under."""

    row: Assessment
    case: Case
    field: Field
    scale: Scale


@dataclass(frozen=True, slots=True)
class Failing:
    """The items of an institution that its last result has at the lowest mark, with their words."""

    assessed: bool
    items: dict[str, str]


def instruments(manifest: Manifest, *, sensitive: bool) -> list[Field]:
    """The fields of a group that are answered by an assessment; sensitive ones only for who may open them."""
    return [field for field in manifest.fields if field.type == "scale" and (sensitive or not field.sensitive)]


def instrument(manifest: Manifest, slug: str, *, sensitive: bool) -> Field:
    """The one of this name, or the group's first; ``NotFound`` where there is none."""
    found = instruments(manifest, sensitive=sensitive)
    one = next((field for field in found if field.slug == slug), None) if slug else next(iter(found), None)
    if one is None:
        raise NotFound("กลุ่มเป้าหมายนี้ไม่มีแบบประเมินที่คุณเปิดได้")
    return one


def sitting(db: Session, assessment_id: UUID, *, sensitive: bool) -> Sitting:
    """One assessment. ``NotFound`` out of reach, and for a sensitive one that the reader may not open."""
    row = db.get(Assessment, (current().tenant_id, assessment_id))
    if row is None:
        raise NotFound
    found = case(db, row.enrolment_id)
    field = instrument(found.manifest, row.field, sensitive=sensitive)
    return Sitting(row, found, field, scale_of(found.manifest, field, row.scale, row.version))


def marks(db: Session, assessment_id: UUID) -> dict[str, AssessmentMark]:
    """What was found so far, by item."""
    m = AssessmentMark
    rows = db.scalars(select(m).where(m.tenant_id == current().tenant_id, m.assessment_id == assessment_id))
    return {row.item: row for row in rows}


def answered(found: AssessmentMark) -> bool:
    """Whether an item is done with: marked, banded, or not applicable."""
    return found.mark is not None or found.band is not None or not found.applies


def of_subject(db: Session, found: Case, field: Field) -> Sequence[Assessment]:
    """All of one subject with one instrument, over the phases, the latest first."""
    a, mine, e = Assessment, Enrolment, aliased(Enrolment)
    here = found.enrolment
    same = e.person_id == here.person_id if here.person_id else e.subject_institution_id == here.subject_institution_id
    return db.scalars(
        select(a)
        .join(e, (e.tenant_id == a.tenant_id) & (e.id == a.enrolment_id))
        .where(
            a.tenant_id == current().tenant_id, mine.tenant_id == a.tenant_id, mine.id == here.id, same,
            e.group_id == mine.group_id, a.field == field.slug,
        )
        .order_by(a.assessed_on.desc(), a.id.desc())
    ).all()  # fmt: skip


def failing_institutions(
    db: Session, phase_id: UUID, group_slug: str, manifest: Manifest, slug: str
) -> dict[UUID, Failing]:
    """What fails at each institution of a group in a phase, by the result that stands now."""
    e, g = Enrolment, TenantGroup
    scale = manifest.scale(manifest.field(slug).scale or "")
    rows = db.execute(
        select(e.subject_institution_id, e.answers[slug])
        .join(g, (g.tenant_id == e.tenant_id) & (g.id == e.group_id))
        .where(
            e.tenant_id == current().tenant_id, e.phase_id == phase_id, g.slug == group_slug,
            e.subject_institution_id.is_not(None), e.closed_on.is_(None),
        )
    )  # fmt: skip
    found = {}
    for institution, result in rows:
        assessed = isinstance(result, dict) and bool(result.get("scores"))
        items = scale.failing(result) if assessed else ()
        found[institution] = Failing(assessed, {item: label_of(scale, item) for item in items})
    return found
