"""Having a question asked of those whom its answer would settle: it is due at their next visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Uuid, and_, any_, exists, false, func, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.models import Enrolment, FollowUp
from samoe.casework.path.moves import cancel_follow_ups
from samoe.casework.path.questions import QUESTION
from samoe.casework.screening.actions import one_at_a_time
from samoe.casework.screening.judging import in_group
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.criteria import Circumstances, expression
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current

OF_A_CASE = ("enrolment_id", "area_bit", "group_bit", "institution_id", "worker_id")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many are to be asked a question, and by when the last of them."""

    number: int
    by: date | None


def waiting(db: Session, group: EnabledGroup, phase: PhaseDays, slug: str) -> Waiting:
    """Who is to be asked already."""
    f = FollowUp
    number, by = db.execute(select(func.count(), func.max(f.due_on)).where(_due(group, phase, slug))).one()
    return Waiting(number, by)


def ask(
    db: Session, actor: Actor, group: EnabledGroup, slug: str, ids: Sequence[UUID], *, by: date, today: date
) -> int:
    """Make the question due for those of ``ids`` whose case is open and who may be asked it; how many are new."""
    require(actor, Permission.CASE_WRITE)
    if by < today:
        raise Problem("วันที่นี้ผ่านไปแล้ว เลือกวันนี้หรือวันหลังจากนี้", field="by")
    one_at_a_time(db, group)
    e, f, kind = Enrolment, FollowUp, QUESTION + slug
    asked = exists().where(f.tenant_id == e.tenant_id, f.enrolment_id == e.id, f.state == "due", f.kind == kind)
    rows = select(
        e.tenant_id, func.gen_random_uuid(), literal(kind), literal(by, Date), literal("due"),
        e.id, e.area_bit, e.group_bit, e.institution_id, e.worker_id,
    ).where(
        e.tenant_id == current().tenant_id, e.group_id == group.id, e.id == any_(literal(list(ids), ARRAY(Uuid()))),
        e.closed_on.is_(None), ~asked, *_asked_of(group, slug),
    )  # fmt: skip
    into = insert(f).from_select(["tenant_id", "id", "kind", "due_on", "state", *OF_A_CASE], rows)
    number = len(db.scalars(into.returning(f.id)).all())
    if number:
        audit.record(
            db, actor, "had_asked", "target_group", group.slug, questions=slug, n=number, due_on=by.isoformat()
        )  # fmt: skip
    return number


def stop(db: Session, actor: Actor, group: EnabledGroup, phase: PhaseDays, slug: str) -> None:
    """Nobody needs to be asked any more."""
    require(actor, Permission.CASE_WRITE)
    cancel_follow_ups(db, _due(group, phase, slug))
    audit.record(db, actor, "stopped_asking", "target_group", group.slug, questions=slug)


def _due(group: EnabledGroup, phase: PhaseDays, slug: str) -> ColumnElement[bool]:
    f, e = FollowUp, Enrolment
    mine = exists().where(e.tenant_id == f.tenant_id, e.id == f.enrolment_id, in_group(group.id, phase.id))
    return and_(f.tenant_id == current().tenant_id, f.state == "due", f.kind == QUESTION + slug, mine)


def _asked_of(group: EnabledGroup, slug: str) -> list[ColumnElement[bool]]:
    """The form does not put a question to those whose other answers take it away."""
    field = next((one for one in group.manifest.fields if one.slug == slug), None)
    if field is None or field.shown_when is None:
        return []
    shown = expression(field.shown_when, Circumstances(group.manifest, today=date.min), Enrolment.answers)
    return [shown.is_not(false())]
