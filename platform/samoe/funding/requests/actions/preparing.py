"""The province's side: a request is drafted, sent, withdrawn before its review, and answered for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.casework.models import Enrolment
from samoe.funding.duties import other_person, person
from samoe.funding.moving import move
from samoe.funding.numbering.actions import take_next
from samoe.funding.progress import reached
from samoe.funding.requests import queries
from samoe.funding.requests.corrections import waiting
from samoe.funding.requests.models import FundingRequest, RequestGrant, RequestLine, RequestQuestion
from samoe.funding.requests.paying import failing, refuse_what_passes
from samoe.funding.requests.seals import seal
from samoe.identity import Actor, Permission, require
from samoe.kit.periods import fiscal_year
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.agreements.queries import agreement
from samoe.programmes.models import Benefit
from samoe.programmes.phases.queries import hold_open, phase
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current

NOT_PUBLISHED = "ระยะที่ %(number)s ยังไม่ได้ประกาศใช้ ผู้รับผิดชอบโครงการต้องประกาศใช้ที่หน้าตั้งค่าระยะก่อน จึงยื่นคำขอได้"
OFF = "บรรทัดที่ %(position)s เป็นของกลุ่มเป้าหมายที่ปิดใช้อยู่ เปิดใช้อีกครั้ง หรือเอาบรรทัดนี้ออกก่อนส่ง"
ALREADY_SENT = "คำขอนี้ส่งไปแล้ว แก้ไขไม่ได้ ถ้ายังไม่เริ่มตรวจ ถอนคำขอแล้วทำคำขอใหม่ได้"


def create_request(db: Session, actor: Actor, *, agreement_id: UUID, note: str | None = None, on: date) -> UUID:
    """Begin a draft under an agreement; the phase is the agreement's."""
    require(actor, Permission.REQUEST_PREPARE)
    under = agreement(db, agreement_id)
    made = FundingRequest(
        phase_id=under.phase_id, agreement_id=under.id, note=note or None, prepared_by=person(actor), status_on=on
    )
    db.add(made)
    db.flush()
    record(db, actor, "drafted", "request", made.id)
    return made.id


def change_note(db: Session, actor: Actor, request_id: UUID, note: str, seen: int | None = None) -> None:
    """Change what the draft says about itself."""
    require(actor, Permission.REQUEST_PREPARE)
    move(db, FundingRequest, request_id, ["draft"], seen=seen, note=note or None)


def delete_draft(db: Session, actor: Actor, request_id: UUID) -> None:
    """Throw a draft away, with its lines. A request that was ever sent stays."""
    require(actor, Permission.REQUEST_PREPARE)
    gone = db.execute(
        delete(FundingRequest).where(
            FundingRequest.tenant_id == current().tenant_id, FundingRequest.id == request_id,
            FundingRequest.status == "draft",
        )
    )  # fmt: skip
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        queries.one(db, request_id)
        raise Conflict(ALREADY_SENT)
    record(db, actor, "deleted", "request", request_id)


def submit(db: Session, actor: Actor, request_id: UUID, *, on: date, seen: int | None = None) -> int:
    """Send a draft to the fund under a new number, which is returned. From now on it cannot be edited."""
    require(actor, Permission.REQUEST_SUBMIT)
    who = person(actor)
    move(db, FundingRequest, request_id, ["draft"], seen=seen, status_on=on)
    draft = queries.one(db, request_id)
    under = phase(db, draft.phase_id)
    if under.published_at is None:
        raise Problem(NOT_PUBLISHED, number=under.number)
    hold_open(db, under.id)
    lines, grants = queries.lines(db, request_id), queries.grants(db, request_id)
    refuse_unready(db, lines, grants)
    _refuse_off(db, lines)
    _refuse_what_passes_now(db, lines, grants)
    number = take_next(db, "request", fiscal_year(on))
    for part in (RequestGrant, RequestLine):
        db.execute(
            update(part)
            .where(part.tenant_id == current().tenant_id, part.request_id == request_id)
            .values(submitted_at=func.now())
            .execution_options(synchronize_session=False)
        )
    total = sum(line.total for line in lines)
    move(
        db, FundingRequest, request_id, ["draft"], "submitted", number=number, fiscal_year=fiscal_year(on),
        total=total, submitted_by=who, submitted_on=on, submitted_at=func.now(),
        content_hash=seal(draft, number, lines, grants),
    )  # fmt: skip
    for line in lines:
        listed = [grant.institution_id for grant in grants if grant.line_id == line.id]
        asked_for = Enrolment.subject_institution_id.in_(listed) if listed else Enrolment.decision == "qualifies"
        reached(db, draft.phase_id, line.group_slug, "requested", asked_for, on=on)
    record(db, actor, "submitted", "request", request_id, total=total, number=number)
    return number


def _refuse_off(db: Session, lines: list[queries.Line]) -> None:
    on = {group.slug for group in enabled(db)}
    for line in lines:
        if line.group_slug not in on:
            raise Problem(OFF, position=line.position)


def _refuse_what_passes_now(db: Session, lines: list[queries.Line], grants: list[queries.Grant]) -> None:
    """An assessment since the draft was written may have found that an item does not fail any more."""
    for line in lines:
        mine = [grant for grant in grants if grant.line_id == line.id]
        benefit = db.get(Benefit, (current().tenant_id, line.benefit_id))
        if mine and benefit is not None:
            names = queries.institutions_of(db, benefit.phase_id, benefit.group_slug)
            refuse_what_passes(failing(db, benefit), (one for one in mine if one.institution_id in names), names)


def withdraw(db: Session, actor: Actor, request_id: UUID, *, on: date, reason: str) -> None:
    """Take a request back. Possible until the fund begins to review it."""
    require(actor, Permission.REQUEST_SUBMIT)
    if not reason:
        raise Problem("บอกเหตุผลที่ถอนคำขอ", field="reason")
    move(db, FundingRequest, request_id, ["submitted"], "withdrawn", status_on=on, reason=reason)
    record(db, actor, "withdrew", "request", request_id, reason=reason)


def answer(db: Session, actor: Actor, question_id: UUID, text: str, *, on: date) -> bool:
    """Answer a question of the fund. True when it was the last open one and the request is back with the fund.

    A request with corrected lines stays here until somebody who may submit sends it again.
    """
    require(actor, Permission.REQUEST_PREPARE)
    if not text:
        raise Problem("พิมพ์คำตอบก่อนส่ง", field=f"answer_{question_id}")
    q = RequestQuestion
    asked = db.execute(
        select(q.request_id, q.asked_by).where(q.tenant_id == current().tenant_id, q.id == question_id)
    ).one_or_none()
    if asked is None:
        raise NotFound
    who = other_person(actor, asked.asked_by, message="ผู้ถามตอบคำถามของตนเองไม่ได้ ให้ผู้อื่นในจังหวัดตอบ")
    # Whoever answers holds the request, so that of two last answers one sees the other.
    move(db, FundingRequest, asked.request_id, ["asked"])
    saved = db.execute(
        update(q)
        .where(q.tenant_id == current().tenant_id, q.id == question_id, q.answer.is_(None))
        .values(answer=text, answered_by=who, answered_on=on)
        .execution_options(synchronize_session=False)
    )
    if saved.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("คำถามนี้มีคนตอบไปแล้ว เปิดหน้านี้ใหม่เพื่อดูคำตอบ")
    record(db, actor, "answered", "request", asked.request_id)
    if queries.open_questions(db, asked.request_id) or waiting(db, asked.request_id):
        return False
    move(db, FundingRequest, asked.request_id, ["asked"], "answered", status_on=on)
    return True


def refuse_unready(db: Session, lines: list[queries.Line], grants: list[queries.Grant]) -> None:
    """Raise ``Problem`` for a request that cannot be sent as it is."""
    if not lines:
        raise Problem("คำขอยังไม่มีบรรทัด เพิ่มกลุ่มเป้าหมายและจำนวนก่อนส่ง")
    terms = queries.benefit_bounds(db, {line.benefit_id for line in lines})
    for line in lines:
        least, most = terms[line.benefit_id]
        amounts = [line.unit_amount] if line.unit_amount else [g.amount for g in grants if g.line_id == line.id]
        if not line.count or any(amount < least or amount > most for amount in amounts):
            raise Problem("บรรทัดที่ %(position)s จำนวนเงินอยู่นอกเกณฑ์ของระยะนี้ แก้บรรทัดนี้ก่อนส่ง", position=line.position)
