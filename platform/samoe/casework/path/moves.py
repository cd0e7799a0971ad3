"""Moving enrolments to a stage, one or thousands with one statement, and what arriving there brings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, literal, text, update
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment, FollowUp
from samoe.casework.path.gates import ready
from samoe.casework.path.questions import QUESTION
from samoe.sdk import Manifest, Stage
from samoe.targetgroups.stages import JUDGED, judged, move_on
from samoe.tenancy import current

_SCHEDULE = text("""
    insert into follow_ups (tenant_id, id, enrolment_id, referral_id, kind, month, due_on, state,
                            area_bit, group_bit, institution_id, worker_id)
    select e.tenant_id, gen_random_uuid(), e.id,
           (select r.id from referrals r where r.tenant_id = e.tenant_id and r.enrolment_id = e.id
             and r.state = 'accepted' order by r.answered_on desc nulls last, r.id desc limit 1),
           :kind, m.month, (cast(:day as date) + make_interval(months => m.month))::date, 'due',
           e.area_bit, e.group_bit, e.institution_id, e.worker_id
      from enrolments e cross join unnest(cast(:months as int[])) as m(month)
     where e.tenant_id = :tenant and e.id = any(cast(:ids as uuid[]))
""")


def happened(
    db: Session, manifest: Manifest, event: str, *, which: ColumnElement[bool], on: date, reason: str | None = None
) -> list[UUID]:
    """Move the enrolments that ``which`` selects along an event of the programme; the ids of those that moved.

    ``which`` is a condition on ``Enrolment`` beside the tenant and the stages that the event leads from.
    """
    found = judged(manifest, event) if event in JUDGED else move_on(manifest, event)
    if found is None or not found.sources:
        return []
    moved = db.scalars(
        update(Enrolment)
        .where(Enrolment.tenant_id == current().tenant_id, Enrolment.status.in_(found.sources), ready(found.to), which)
        .values(**arrival(found.to, on, reason or event))
        .returning(Enrolment.id)
        .execution_options(synchronize_session=False)
    ).all()
    if moved:
        db.expire_all()
    arrived(db, manifest, found.to, moved, on)
    return list(moved)


def arrival(stage: Stage, on: date, reason: str | None) -> dict[str, object]:
    """The columns of an enrolment that comes to a stage."""
    open_ = stage.kind == "open"
    return {
        "status": stage.slug, "status_on": on, "closed_on": None if open_ else on,
        "closed_reason": None if open_ else reason,
    }  # fmt: skip


def arrived(db: Session, manifest: Manifest, stage: Stage, ids: Collection[UUID], on: date) -> None:
    """What coming to a stage brings: its follow-ups fall due, and those of the stage before are not needed any more;
    where the way ends, nobody needs to be asked anything."""
    if ids and stage.kind != "open":
        cancel_follow_ups(db, and_(FollowUp.enrolment_id.in_(list(ids)), FollowUp.kind.startswith(QUESTION)))
    planned = [kind for kind in manifest.encounters if kind.after]
    if not ids or not planned:
        return
    of_the_plan = FollowUp.kind.in_([kind.slug for kind in planned])
    cancel_follow_ups(db, and_(FollowUp.enrolment_id.in_(list(ids)), of_the_plan))
    for kind in planned:
        if kind.after == stage.slug:
            values = {"kind": kind.slug, "months": list(kind.months), "day": on, "ids": list(ids)}
            db.execute(_SCHEDULE, {**values, "tenant": current().tenant_id})


def cancel_follow_ups(db: Session, which: ColumnElement[bool]) -> None:
    """Nobody needs to come any more."""
    db.execute(
        update(FollowUp)
        .where(FollowUp.tenant_id == current().tenant_id, FollowUp.state == "due", which)
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )


def these(ids: Collection[UUID]) -> ColumnElement[bool]:
    """The condition "one of these enrolments"."""
    return Enrolment.id.in_(list(ids)) if ids else literal(value=False)
