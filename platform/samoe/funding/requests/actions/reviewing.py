"""The fund's reviewer: judge each line, ask, recommend. Runs as the national role, in the request's province."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.duties import other_person
from samoe.funding.moving import move
from samoe.funding.requests import queries
from samoe.funding.requests.corrections import correctors
from samoe.funding.requests.forms import VerdictForm
from samoe.funding.requests.models import FundingRequest, RequestQuestion, RequestReview
from samoe.funding.requests.telling import tell_province
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.tenancy import current

REVIEWABLE = ("in_review", "answered")
NOT_YOUR_OWN = "คุณเป็นผู้ทำหรือผู้ส่งคำขอนี้ ให้ผู้ตรวจสอบคนอื่นเป็นผู้ตรวจ"


def start_review(db: Session, actor: Actor, request_id: UUID, *, on: date) -> None:
    """Take a submitted request into review; from now on the province cannot withdraw it."""
    require(actor, Permission.REQUEST_REVIEW)
    with queries.in_its_province(db, request_id):
        _reviewer(db, actor, request_id)
        move(db, FundingRequest, request_id, ["submitted"], "in_review", status_on=on, review_started_on=on)
        record(db, actor, "started_review", "request", request_id)


def judge(db: Session, actor: Actor, request_id: UUID, line_id: UUID, form: VerdictForm, *, on: date) -> None:
    """Say of one line that it should be approved, that the province must be asked, or that it should not be."""
    require(actor, Permission.REQUEST_REVIEW)
    with queries.in_its_province(db, request_id):
        who = _reviewer(db, actor, request_id)
        move(db, FundingRequest, request_id, REVIEWABLE)
        if line_id not in {line.id for line in queries.lines(db, request_id)}:
            raise NotFound
        values = {"verdict": form.verdict, "note": form.note, "reviewed_by": who, "reviewed_on": on}
        statement = insert(RequestReview).values(request_id=request_id, line_id=line_id, **values)
        db.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "line_id"],
                set_={**values, "row_version": RequestReview.row_version + 1},
            )
        )
        record(db, actor, "judged", "request", request_id, line=str(line_id), verdict=form.verdict)


def ask(db: Session, actor: Actor, request_id: UUID, *, on: date, question: str | None = None) -> int:
    """Send the province every line's open question, and a general one; how many. The clock of the fund stops."""
    require(actor, Permission.REQUEST_REVIEW)
    with queries.in_its_province(db, request_id):
        who = _reviewer(db, actor, request_id)
        move(db, FundingRequest, request_id, REVIEWABLE, status_on=on)
        waiting = {q.line_id for q in queries.questions(db, request_id) if q.answer is None}
        wanted = [
            (line.id, line.review_note)
            for line in queries.lines(db, request_id)
            if line.verdict == "ask" and line.review_note and line.id not in waiting
        ]
        asked: list[tuple[UUID | None, str]] = [*wanted, *([(None, question)] if question else [])]
        if not asked:
            raise Problem("ยังไม่มีคำถาม เลือก ถาม ที่บรรทัดใดบรรทัดหนึ่ง หรือพิมพ์คำถามทั่วไป", field="question")
        turn = queries.one(db, request_id).round + 1
        of = {"request_id": request_id, "round": turn, "asked_by": who, "asked_on": on}
        rows = [{**of, "line_id": line_id, "question": text} for line_id, text in asked]
        db.execute(insert(RequestQuestion).values(rows))
        move(db, FundingRequest, request_id, REVIEWABLE, "asked", status_on=on, round=turn)
        record(db, actor, "asked", "request", request_id, questions=len(rows))
        tell_province(db, actor, request_id, "request_asked", questions=len(rows))
        return len(rows)


def recommend(
    db: Session, actor: Actor, request_id: UUID, *, on: date, text: str | None = None, seen: int | None = None
) -> int:
    """Propose the lines that were verified to whoever approves; the proposed total in satang."""
    require(actor, Permission.REQUEST_REVIEW)
    with queries.in_its_province(db, request_id):
        who = _reviewer(db, actor, request_id)
        move(db, FundingRequest, request_id, REVIEWABLE, seen=seen)
        lines = queries.lines(db, request_id)
        if any(line.verdict not in {"verify", "refuse"} for line in lines):
            raise Problem("ยังมีบรรทัดที่ไม่ได้ตัดสินหรือยังรอคำตอบ ตัดสินให้ครบทุกบรรทัดก่อนเสนอ")
        total = sum(line.total for line in lines if line.verdict == "verify")
        move(
            db, FundingRequest, request_id, REVIEWABLE, "recommended", status_on=on, recommended_by=who,
            recommended_on=on, recommended_total=total, recommendation=text or None,
        )  # fmt: skip
        record(db, actor, "recommended", "request", request_id, total=total)
        return total


def send_back(db: Session, actor: Actor, request_id: UUID, *, on: date, reason: str) -> None:
    """The approver returns a recommendation to the reviewers."""
    require(actor, Permission.REQUEST_APPROVE)
    if not reason:
        raise Problem("บอกผู้ตรวจสอบว่าต้องดูอะไรเพิ่ม", field="reason_back")
    with queries.in_its_province(db, request_id):
        move(
            db, FundingRequest, request_id, ["recommended"], "in_review", status_on=on, recommended_by=None,
            recommended_on=None, recommended_total=None, recommendation=None,
        )  # fmt: skip
        record(db, actor, "sent_back", "request", request_id, reason=reason)


def _reviewer(db: Session, actor: Actor, request_id: UUID) -> UUID:
    r = FundingRequest
    row = db.execute(
        select(r.prepared_by, r.submitted_by).where(r.tenant_id == current().tenant_id, r.id == request_id)
    ).one()
    corrected = correctors(db, request_id)
    return other_person(actor, row.prepared_by, row.submitted_by, *corrected, message=NOT_YOUR_OWN)
