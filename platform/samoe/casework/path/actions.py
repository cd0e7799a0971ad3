"""What happens on the way of an enrolment: searches, visits and follow-ups, and the stage they lead to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.enrolments.cases import Case, to_change
from samoe.casework.models import Encounter, Enrolment, FollowUp
from samoe.casework.path.gates import refuse_unready
from samoe.casework.path.moves import arrival, arrived, happened
from samoe.db.one_row import one_row
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.sdk import EncounterKind
from samoe.sdk.stages import EncounterResult
from samoe.targetgroups.stages import reachable, stage_of
from samoe.tenancy import current


def record_encounter(
    db: Session,
    actor: Actor,
    enrolment_id: UUID,
    *,
    kind: str,
    result: str,
    happened_on: date,
    note: str | None = None,
    follow_up_id: UUID | None = None,
) -> UUID:
    """Write down a search, a visit or a follow-up, and move the enrolment where its result leads."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    _, ending = _asked(found, kind, result)
    arriving = stage_of(found.manifest, ending.stage) if ending.stage else None
    if arriving is not None and arriving.slug != found.enrolment.status:
        refuse_unready(actor, found, arriving, field="result")
    if ending.stage and not reachable(found.manifest, found.enrolment.status, ending.stage):
        here = found.stage
        raise Problem(
            "ผลนี้ใช้กับขั้น “%(stage)s” ไม่ได้ เลือกผลอื่น", field="result",
            stage=pick(here.label.th, here.label.en) if here else found.enrolment.status,
        )  # fmt: skip
    made = Encounter(
        **found.columns(),
        kind=kind,
        happened_on=happened_on,
        outcome=result,
        note=(note or "").strip() or None,
        event_area_code=found.enrolment.area_code,
        follow_up_id=follow_up_id,
        made_by=actor.membership_id,
    )
    db.add(made)
    db.flush()
    if follow_up_id is not None:
        _fulfil(db, follow_up_id, enrolment_id, happened_on)
    if ending.stage and ending.stage != found.enrolment.status:
        go(db, found, ending.stage, on=happened_on, reason=f"{kind}:{result}")
    audit.record(db, actor, "met", "enrolment", enrolment_id, kind=kind, result=result)
    return made.id


def move(db: Session, actor: Actor, enrolment_id: UUID, to: str, *, on: date, reason: str = "") -> None:
    """Move an enrolment by hand to a stage that may follow on its own; a dropped stage needs a reason."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    stage = stage_of(found.manifest, to)
    if stage is None or to == found.enrolment.status or not reachable(found.manifest, found.enrolment.status, to):
        raise Problem("ขั้นนี้ไม่ต่อจากขั้นปัจจุบัน เลือกขั้นอื่น", field="to")
    if stage.kind == "dropped" and not reason.strip():
        raise Problem("บอกเหตุผลที่ออกจากเส้นทางการช่วยเหลือ", field="reason")
    refuse_unready(actor, found, stage, field="to")
    go(db, found, to, on=on, reason=reason.strip() or None)
    audit.record(db, actor, "moved", "enrolment", enrolment_id, reason=reason.strip() or None, stage=to)


def settle_need(db: Session, actor: Actor, enrolment_id: UUID, *, on: date) -> None:
    """Say that what the person needs is known: the group's stage for that follows."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    if not happened(db, found.manifest, "need_known", which=Enrolment.id == enrolment_id, on=on):
        raise Problem("ขั้นนี้ไม่ต่อจากขั้นปัจจุบัน เลือกขั้นอื่น", field="to")
    audit.record(db, actor, "need_known", "enrolment", enrolment_id)


def miss(db: Session, actor: Actor, follow_up_id: UUID) -> None:
    """Say that a follow-up was not done and will not be."""
    require(actor, Permission.CASE_WRITE)
    _close(db, follow_up_id, None, state="missed", done_on=None)
    audit.record(db, actor, "missed", "follow_up", follow_up_id)


def postpone(db: Session, actor: Actor, follow_up_id: UUID, *, to: date, reason: str) -> None:
    """Put a follow-up off to a later day."""
    require(actor, Permission.CASE_WRITE)
    if not reason.strip():
        raise Problem("บอกเหตุผลที่เลื่อนกำหนด", field="reason")
    one_row(
        db.execute(
            update(FollowUp)
            .where(FollowUp.tenant_id == current().tenant_id, FollowUp.id == follow_up_id, FollowUp.state == "due")
            .values(due_on=to)
            .execution_options(synchronize_session="fetch")
        )
    )
    audit.record(db, actor, "postponed", "follow_up", follow_up_id, reason=reason.strip(), to=to.isoformat())


def go(db: Session, found: Case, to: str, *, on: date, reason: str | None) -> None:
    """Move a held case to a stage of its group and let the stage bring what it brings."""
    stage = stage_of(found.manifest, to)
    if stage is None:
        raise Problem("ขั้นนี้ไม่ต่อจากขั้นปัจจุบัน เลือกขั้นอื่น", field="to")
    one_row(
        db.execute(
            update(Enrolment)
            .where(
                Enrolment.tenant_id == current().tenant_id, Enrolment.id == found.enrolment.id,
                Enrolment.status == found.enrolment.status,
            )
            .values(**arrival(stage, on, reason))
            .execution_options(synchronize_session=False)
        )
    )  # fmt: skip
    db.refresh(found.enrolment)
    arrived(db, found.manifest, stage, [found.enrolment.id], on)


def _asked(found: Case, kind: str, result: str) -> tuple[EncounterKind, EncounterResult]:
    asked = next((one for one in found.manifest.encounters if one.slug == kind), None)
    if asked is None:
        raise Problem("เลือกว่าพบหรือติดตามแบบใด", field="kind")
    ending = next((one for one in asked.results if one.value == result), None)
    if ending is None:
        raise Problem("เลือกผลที่พบ", field="result")
    return asked, ending


def _fulfil(db: Session, follow_up_id: UUID, enrolment_id: UUID, on: date) -> None:
    _close(db, follow_up_id, enrolment_id, state="done", done_on=on)


def _close(db: Session, follow_up_id: UUID, enrolment_id: UUID | None, **values: object) -> None:
    query = update(FollowUp).where(
        FollowUp.tenant_id == current().tenant_id, FollowUp.id == follow_up_id, FollowUp.state == "due"
    )
    if enrolment_id is not None:
        query = query.where(FollowUp.enrolment_id == enrolment_id)
    one_row(
        db.execute(query.values(**values).execution_options(synchronize_session="fetch")),
        "นัดติดตามนี้ถูกปิดไปแล้ว เปิดหน้านี้ใหม่เพื่อดูนัดที่เหลือ",
    )
