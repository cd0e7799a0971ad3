"""Correcting the lines that the fund asks about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.db.one_row import CHANGED_SINCE, one_row
from samoe.funding.duties import other_person
from samoe.funding.moving import move
from samoe.funding.requests import queries
from samoe.funding.requests.actions.lines import benefit_asked_for, named, within
from samoe.funding.requests.corrections import asked_about, plain
from samoe.funding.requests.forms import GrantLineForm, PersonLineForm
from samoe.funding.requests.models import FundingRequest, RequestCorrection
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.models import Benefit
from samoe.tenancy import current

NOT_YOURS = "ผู้ถามหรือผู้ตรวจคำขอนี้แก้คำขอไม่ได้ ให้ผู้อื่นในจังหวัดเป็นผู้แก้"
NOT_ASKED = "บรรทัดนี้ กสศ. ไม่ได้ถาม จึงแก้ไม่ได้ แก้ได้เฉพาะบรรทัดที่ถูกถามในรอบนี้"


def correct(
    db: Session, actor: Actor, request_id: UUID, line_id: UUID, form: PersonLineForm | GrantLineForm, *, on: date,
    seen: int | None = None,
) -> bool:  # fmt: skip
    """Say what an asked line should be instead; the line itself changes when the request is sent again.

    ``seen`` is the version of the correction that the person had open, 0 where there was none. False where it says
    just what was sent: then there is no correction.
    """
    require(actor, Permission.REQUEST_PREPARE)
    who = other_person(actor, *queries.reviewers(db, request_id), message=NOT_YOURS)
    request, line = _asked(db, request_id, line_id)
    if form.benefit_id != line.benefit_id:
        raise NotFound
    benefit = benefit_asked_for(db, request_id, line.benefit_id)
    sent = [grant for grant in queries.grants(db, request_id) if grant.line_id == line_id]
    values = _people(benefit, line, form) if isinstance(form, PersonLineForm) else _places(db, benefit, line, form)
    values["note"] = form.note
    if _same(line, sent, values):
        _drop(db, request, line_id, seen)
        return False
    values |= {
        "qualifying": queries.qualifying(db, benefit.phase_id, benefit.group_slug),
        "corrected_by": who, "corrected_on": on,
    }  # fmt: skip
    old = {
        "old_count": line.count, "old_unit_amount": line.unit_amount, "old_total": line.total, "old_note": line.note,
        "old_grants": [plain(grant) for grant in sent], "old_hash": request.content_hash,
    }  # fmt: skip
    c = RequestCorrection
    statement = insert(c).values(request_id=request_id, line_id=line_id, round=request.round, **old, **values)
    unseen = c.row_version == seen if seen is not None else c.submitted_at.is_(None)
    kept = db.scalar(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "line_id", "round"],
            set_={**values, "row_version": c.row_version + 1},
            where=unseen,
        ).returning(c.id)
    )
    if kept is None:
        raise Conflict(CHANGED_SINCE)
    record(db, actor, "corrected", "request", request_id, line=str(line_id), total=values["total"])
    return True


def drop_correction(db: Session, actor: Actor, request_id: UUID, line_id: UUID, seen: int | None = None) -> None:
    """Leave an asked line as it was sent after all."""
    require(actor, Permission.REQUEST_PREPARE)
    request, _line = _asked(db, request_id, line_id)
    _drop(db, request, line_id, seen)
    record(db, actor, "corrected", "request", request_id, line=str(line_id))


def _asked(db: Session, request_id: UUID, line_id: UUID) -> tuple[FundingRequest, queries.Line]:
    """The request, held until the end of the transaction, and its line, if the fund now asks about it."""
    move(db, FundingRequest, request_id, ["asked"])
    line = queries.line(db, request_id, line_id)
    request = queries.one(db, request_id)
    if line_id not in asked_about(queries.questions(db, request_id), request.round):
        raise Problem(NOT_ASKED)
    return request, line


def _people(benefit: Benefit, line: queries.Line, form: PersonLineForm) -> dict[str, Any]:
    if line.subject != "person":
        raise NotFound
    unit = form.unit_amount if form.unit_amount is not None else line.unit_amount or benefit.min_amount
    within(benefit, unit, "unit_amount")
    if form.count <= 0:
        raise Problem("จำนวนต้องมากกว่า 0", field="count")
    return {"count": form.count, "unit_amount": unit, "total": form.count * unit, "grants": []}


def _places(db: Session, benefit: Benefit, line: queries.Line, form: GrantLineForm) -> dict[str, Any]:
    if line.subject != "institution":
        raise NotFound
    if not form.grants:
        raise Problem("เลือกอย่างน้อยหนึ่งแห่งและกรอกจำนวนเงิน", field="grants")
    for grant in form.grants:
        within(benefit, grant.amount, f"grant_{grant.institution_id}")
    listed = [{**row, "institution_id": str(row["institution_id"])} for row in named(db, benefit, form.grants)]
    total = sum(grant.amount for grant in form.grants)
    return {"count": len(listed), "unit_amount": None, "total": total, "grants": listed}


def _same(line: queries.Line, sent: Sequence[queries.Grant], values: dict[str, Any]) -> bool:
    said = (line.count, line.unit_amount, line.total, line.note or None)
    amounts = {str(grant.institution_id): (grant.amount, list(grant.items)) for grant in sent}
    return said == (values["count"], values["unit_amount"], values["total"], values["note"]) and amounts == {
        grant["institution_id"]: (grant["amount"], grant["items"]) for grant in values["grants"]
    }


def _drop(db: Session, request: FundingRequest, line_id: UUID, seen: int | None) -> None:
    c = RequestCorrection
    here = (c.tenant_id == current().tenant_id, c.line_id == line_id, c.round == request.round)
    now = db.scalar(select(c.row_version).where(*here)) or 0
    gone = db.execute(delete(c).where(*here, c.row_version == (now if seen is None else seen)))
    if now or seen:
        one_row(gone)
