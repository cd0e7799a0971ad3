"""Sending a person on, and the answer: sent → accepted or rejected → done; revoked by the sender."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.enrolments.cases import Case, to_change
from samoe.casework.models import Enrolment, FollowUp, Referral
from samoe.casework.path.moves import cancel_follow_ups, happened
from samoe.db.one_row import one_row
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.identity.notices.actions import account_of, tell
from samoe.kit.problem import NotFound, Problem
from samoe.registry.consents.queries import in_force
from samoe.registry.persons import queries as persons
from samoe.sdk import ReferralKind
from samoe.tenancy import current

OPEN = ("sent", "accepted")
CONSENT = "referral"
ANSWERED_ALREADY = "รายการส่งต่อนี้มีผู้ตอบแล้ว เปิดหน้านี้ใหม่เพื่อดูคำตอบ"


def refer(
    db: Session,
    actor: Actor,
    enrolment_id: UUID,
    *,
    kind: str,
    sent_on: date,
    to_institution_id: UUID | None = None,
    to_partner_id: UUID | None = None,
    to_name: str | None = None,
    notice_given: bool = False,
) -> UUID:
    """Refer a person to somebody who can help. Checks what the group says of age, and that consent is in force."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    asked = next((one for one in found.manifest.referrals if one.slug == kind), None)
    if asked is None:
        raise Problem("เลือกว่าส่งต่อไปที่ใด", field="kind")
    if not (to_institution_id or to_partner_id or (to_name or "").strip()):
        raise Problem("เลือกหรือพิมพ์ชื่อหน่วยรับส่งต่อ", field="to")
    if _has_open(db, enrolment_id):
        raise Problem("มีรายการส่งต่อที่ยังไม่จบอยู่แล้ว รอคำตอบหรือยกเลิกรายการเดิมก่อน", field="kind")
    consent_id = _may_go(db, found, asked, sent_on, notice_given=notice_given)
    made = Referral(
        **found.columns(), kind=kind, to_institution_id=to_institution_id, to_partner_id=to_partner_id,
        to_name=(to_name or "").strip() or None, state="sent", sent_on=sent_on, consent_id=consent_id,
        notice_given=notice_given, event_area_code=found.enrolment.area_code, sent_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    happened(db, found.manifest, "referred", which=Enrolment.id == enrolment_id, on=sent_on)
    db.expire(found.enrolment)
    audit.record(db, actor, "referred", "enrolment", enrolment_id, referral=str(made.id), kind=kind)
    return made.id


def accept(db: Session, actor: Actor, referral_id: UUID, *, on: date) -> None:
    """Take the person in. The follow-ups of the group fall due from this day."""
    found = _answer(db, actor, referral_id, ("sent",), state="accepted", answered_on=on)
    happened(db, found.manifest, "accepted", which=Enrolment.id == found.enrolment.id, on=on)
    audit.record(db, actor, "accepted", "referral", referral_id)
    _tell_sender(db, actor, referral_id, "referral_accepted")


def reject(db: Session, actor: Actor, referral_id: UUID, *, on: date, reason: str) -> None:
    """Decline, with a reason: the person is back with whoever cares for them."""
    if not reason.strip():
        raise Problem("บอกเหตุผลที่ไม่รับ เพื่อให้ผู้ส่งหาที่อื่นได้", field="reason")
    found = _answer(db, actor, referral_id, ("sent",), state="rejected", answered_on=on, reason=reason.strip())
    happened(db, found.manifest, "rejected", which=Enrolment.id == found.enrolment.id, on=on)
    audit.record(db, actor, "rejected", "referral", referral_id, reason=reason.strip())
    _tell_sender(db, actor, referral_id, "referral_rejected")


def finish(db: Session, actor: Actor, referral_id: UUID, *, on: date, outcome: str) -> None:
    """Say how an accepted referral ended, in one of the ways that the group knows."""
    row = _row(db, referral_id)
    found = to_change(db, row.enrolment_id)
    asked = next((one for one in found.manifest.referrals if one.slug == row.kind), None)
    if asked is None or outcome not in {option.value for option in asked.outcomes}:
        raise Problem("เลือกผลของการส่งต่อ", field="outcome")
    _answer(db, actor, referral_id, ("accepted",), state="done", finished_on=on, outcome=outcome)
    audit.record(db, actor, "finished", "referral", referral_id, outcome=outcome)
    _tell_sender(db, actor, referral_id, "referral_done")


def revoke(db: Session, actor: Actor, referral_id: UUID, *, on: date, reason: str) -> None:
    """Take a referral back, before or after it was accepted; its follow-ups are not needed any more."""
    require(actor, Permission.CASE_WRITE)
    if not reason.strip():
        raise Problem("บอกเหตุผลที่ยกเลิกการส่งต่อ", field="reason")
    found = _change(db, referral_id, OPEN, state="revoked", finished_on=on, reason=reason.strip())
    cancel_follow_ups(db, FollowUp.referral_id == referral_id)
    happened(db, found.manifest, "rejected", which=Enrolment.id == found.enrolment.id, on=on)
    audit.record(db, actor, "revoked", "referral", referral_id, reason=reason.strip())


def _answer(db: Session, actor: Actor, referral_id: UUID, states: tuple[str, ...], **values: object) -> Case:
    require(actor, Permission.REFERRAL_ANSWER)
    return _change(db, referral_id, states, **values)


def _change(db: Session, referral_id: UUID, states: tuple[str, ...], **values: object) -> Case:
    found = to_change(db, _row(db, referral_id).enrolment_id)
    one_row(
        db.execute(
            update(Referral)
            .where(Referral.tenant_id == current().tenant_id, Referral.id == referral_id, Referral.state.in_(states))
            .values(**values, row_version=Referral.row_version + 1)
            .execution_options(synchronize_session="fetch")
        ),
        ANSWERED_ALREADY,
    )
    return found


def _tell_sender(db: Session, actor: Actor, referral_id: UUID, kind: str) -> None:
    sender = account_of(db, _row(db, referral_id).sent_by)
    tell(db, kind, referral_id, accounts=[sender], but=actor.account_id)


def _row(db: Session, referral_id: UUID) -> Referral:
    found = db.get(Referral, (current().tenant_id, referral_id))
    if found is None:
        raise NotFound
    return found


def _has_open(db: Session, enrolment_id: UUID) -> bool:
    query = select(Referral.id).where(
        Referral.tenant_id == current().tenant_id, Referral.enrolment_id == enrolment_id, Referral.state.in_(OPEN)
    )
    return db.scalar(query.limit(1)) is not None


def _may_go(db: Session, found: Case, asked: ReferralKind, on: date, *, notice_given: bool) -> UUID | None:
    """The consent under which the person may be referred; None for an institution. ``Problem`` says what is missing."""
    if found.enrolment.person_id is None:
        return None
    person = persons.get(db, found.enrolment.person_id)
    age = persons.age_of(person, on)
    if age is None and (asked.min_age or asked.notice_age):
        raise Problem("ต้องรู้วันเกิดก่อน เพราะกฎหมายกำหนดอายุของการส่งต่อแบบนี้ บันทึกวันเกิดแล้วส่งใหม่", field="kind")
    if age is not None and asked.min_age is not None and age < asked.min_age:
        raise Problem(
            "อายุ %(age)s ปี ส่งต่อแบบนี้ไม่ได้ กฎหมายกำหนดอายุขั้นต่ำ %(least)s ปี เลือกแบบอื่น", field="kind",
            age=age, least=asked.min_age,
        )  # fmt: skip
    if age is not None and asked.notice_age is not None and age < asked.notice_age and not notice_given:
        notice = pick(asked.notice.th, asked.notice.en) if asked.notice else ""
        raise Problem("%(notice)s ยืนยันว่าแจ้งหน่วยรับแล้วก่อนส่งต่อ", field="notice_given", notice=notice)
    consent = in_force(db, person.id, CONSENT, on)
    if consent is None:
        raise Problem("ยังไม่มีความยินยอมให้ส่งข้อมูลแก่หน่วยรับส่งต่อ บันทึกความยินยอมก่อน", field="consent")
    return consent.id
