"""Sending a request again, answered and with its corrected lines."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.casework.models import Enrolment
from samoe.db.one_row import one_row
from samoe.funding.duties import other_person
from samoe.funding.moving import move
from samoe.funding.progress import reached
from samoe.funding.requests import queries
from samoe.funding.requests.actions.correcting import NOT_YOURS
from samoe.funding.requests.actions.lines import list_grants
from samoe.funding.requests.actions.preparing import refuse_unready
from samoe.funding.requests.corrections import plain, waiting
from samoe.funding.requests.models import FundingRequest, RequestCorrection, RequestLine
from samoe.funding.requests.seals import seal
from samoe.funding.requests.versions import Correction
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.tenancy import current


def resubmit(db: Session, actor: Actor, request_id: UUID, *, on: date, seen: int | None = None) -> int:
    """Send an answered request back to the fund with its corrected lines, sealed again; its total in satang.

    What the lines said before stays readable in the corrections, with the seal that it was sent under.
    """
    require(actor, Permission.REQUEST_SUBMIT)
    who = other_person(actor, *queries.reviewers(db, request_id), message=NOT_YOURS)
    move(db, FundingRequest, request_id, ["asked"], seen=seen)
    request = queries.one(db, request_id)
    if queries.open_questions(db, request_id):
        raise Problem("ยังมีคำถามที่ยังไม่ตอบ ตอบให้ครบทุกข้อก่อนส่งกลับ")
    corrected = waiting(db, request_id)
    for correction in corrected:
        _apply(db, correction, who, on)
    lines, grants = queries.lines(db, request_id), queries.grants(db, request_id)
    refuse_unready(db, lines, grants)
    total = sum(line.total for line in lines)
    again: dict[str, Any] = {}
    if corrected:
        sealed = seal(request, request.number or 0, lines, grants)
        again = {"total": total, "version": request.version + 1, "content_hash": sealed}
    move(db, FundingRequest, request_id, ["asked"], "answered", status_on=on, **again)
    for correction in corrected:
        _tell_the_path(db, request, next(line for line in lines if line.id == correction.line_id), grants, on)
    record(db, actor, "resubmitted", "request", request_id, total=total, lines=len(corrected))
    return total


def _apply(db: Session, correction: Correction, who: UUID, on: date) -> None:
    """Make the line say what the correction says, then close the correction: the database takes it in this order."""
    values = {name: getattr(correction, name) for name in ("count", "unit_amount", "total", "note", "qualifying")}
    changed = db.execute(
        update(RequestLine)
        .where(RequestLine.tenant_id == current().tenant_id, RequestLine.id == correction.line_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    one_row(changed)
    if correction.grants:
        rows = [{**plain(grant), "institution_id": grant.institution_id} for grant in correction.grants]
        list_grants(db, correction.request_id, correction.line_id, rows, db.scalar(select(func.now())))
    c = RequestCorrection
    closed = db.execute(
        update(c)
        .where(c.tenant_id == current().tenant_id, c.id == correction.id, c.submitted_at.is_(None))
        .values(submitted_by=who, submitted_on=on, submitted_at=func.now(), row_version=c.row_version + 1)
        .execution_options(synchronize_session=False)
    )
    one_row(closed)


def _tell_the_path(
    db: Session, request: FundingRequest, line: queries.Line, grants: list[queries.Grant], on: date
) -> None:
    listed = [grant.institution_id for grant in grants if grant.line_id == line.id]
    asked_for = Enrolment.subject_institution_id.in_(listed) if listed else Enrolment.decision == "qualifies"
    reached(db, request.phase_id, line.group_slug, "requested", asked_for, on=on)
