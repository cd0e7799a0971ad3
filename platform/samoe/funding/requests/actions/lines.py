"""The lines of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.funding.moving import move
from samoe.funding.requests import queries
from samoe.funding.requests.forms import GrantForm, GrantLineForm, PersonLineForm
from samoe.funding.requests.models import FundingRequest, RequestGrant, RequestLine
from samoe.funding.requests.paying import failing, refuse_what_passes
from samoe.identity import Actor, Permission, require
from samoe.kit import satang
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.models import Benefit
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current


def put_person_line(db: Session, actor: Actor, request_id: UUID, form: PersonLineForm, seen: int | None = None) -> UUID:
    """Add a line of so many people at the benefit's amount, or change the line that the draft has for it."""
    require(actor, Permission.REQUEST_PREPARE)
    move(db, FundingRequest, request_id, ["draft"], seen=seen)
    benefit = benefit_asked_for(db, request_id, form.benefit_id)
    group_or_404(db, benefit.group_slug)
    unit = form.unit_amount if form.unit_amount is not None else benefit.min_amount
    within(benefit, unit, "unit_amount")
    if form.count <= 0:
        raise Problem("จำนวนต้องมากกว่า 0", field="count")
    line = _put(
        db, request_id, benefit, subject="person", count=form.count, unit_amount=unit, total=form.count * unit,
        note=form.note, qualifying=queries.qualifying(db, benefit.phase_id, benefit.group_slug),
    )  # fmt: skip
    _add_up(db, request_id)
    return line


def put_grant_line(db: Session, actor: Actor, request_id: UUID, form: GrantLineForm, seen: int | None = None) -> UUID:
    """Add a line of institutions with their amounts, or replace the list that the draft has for this benefit."""
    require(actor, Permission.REQUEST_PREPARE)
    move(db, FundingRequest, request_id, ["draft"], seen=seen)
    benefit = benefit_asked_for(db, request_id, form.benefit_id)
    group_or_404(db, benefit.group_slug)
    if not form.grants:
        raise Problem("เลือกอย่างน้อยหนึ่งแห่งและกรอกจำนวนเงิน", field="grants")
    for grant in form.grants:
        within(benefit, grant.amount, f"grant_{grant.institution_id}")
    line = _put(
        db, request_id, benefit, subject="institution", count=len(form.grants), unit_amount=None,
        total=sum(grant.amount for grant in form.grants), note=form.note,
        qualifying=queries.qualifying(db, benefit.phase_id, benefit.group_slug),
    )  # fmt: skip
    list_grants(db, request_id, line, named(db, benefit, form.grants))
    _add_up(db, request_id)
    return line


def remove_line(db: Session, actor: Actor, request_id: UUID, line_id: UUID, seen: int | None = None) -> None:
    """Take a line out of a draft."""
    require(actor, Permission.REQUEST_PREPARE)
    move(db, FundingRequest, request_id, ["draft"], seen=seen)
    gone = db.execute(
        delete(RequestLine).where(
            RequestLine.tenant_id == current().tenant_id,
            RequestLine.request_id == request_id,
            RequestLine.id == line_id,
        )
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    _add_up(db, request_id)


def benefit_asked_for(db: Session, request_id: UUID, benefit_id: UUID) -> Benefit:
    """The benefit, of the request's own phase."""
    found = db.scalar(
        select(Benefit)
        .join(
            FundingRequest,
            (FundingRequest.tenant_id == Benefit.tenant_id) & (FundingRequest.phase_id == Benefit.phase_id),
        )
        .where(
            Benefit.tenant_id == current().tenant_id, Benefit.id == benefit_id, FundingRequest.id == request_id
        )
    )  # fmt: skip
    if found is None:
        raise NotFound
    return found


def within(benefit: Benefit, amount: int, field: str) -> None:
    """Raise ``Problem`` for an amount that the benefit does not allow."""
    if not benefit.min_amount <= amount <= benefit.max_amount or amount <= 0:
        raise Problem(
            "จำนวนเงินต้องอยู่ระหว่าง %(least)s ถึง %(most)s บาท", field=field,
            least=satang.baht_short(benefit.min_amount), most=satang.baht_short(benefit.max_amount),
        )  # fmt: skip


def _put(db: Session, request_id: UUID, benefit: Benefit, **values: object) -> UUID:
    line = db.scalar(
        select(RequestLine).where(
            RequestLine.tenant_id == current().tenant_id, RequestLine.request_id == request_id,
            RequestLine.benefit_id == benefit.id,
        )
    )  # fmt: skip
    if line is None:
        last = db.scalar(
            select(func.max(RequestLine.position)).where(
                RequestLine.tenant_id == current().tenant_id, RequestLine.request_id == request_id
            )
        )
        line = RequestLine(
            request_id=request_id, position=(last or 0) + 1, group_slug=benefit.group_slug, benefit_id=benefit.id
        )
        db.add(line)
    for name, value in values.items():
        setattr(line, name, value)
    db.flush()
    return line.id


def named(db: Session, benefit: Benefit, grants: tuple[GrantForm, ...]) -> list[dict[str, Any]]:
    """The institutions with their amounts, and their names as they stand today.

    ``Problem`` for one not enrolled, and for what the benefit does not pay for.
    """
    known = queries.institutions_of(db, benefit.phase_id, benefit.group_slug)
    if any(grant.institution_id not in known for grant in grants):
        raise Problem("มีสถานที่ที่ไม่ได้ขึ้นทะเบียนในกลุ่มเป้าหมายนี้ ขึ้นทะเบียนก่อนจึงขอรับเงินได้", field="grants")
    refuse_what_passes(failing(db, benefit), grants, known)
    return [
        {
            "institution_id": grant.institution_id, "recipient_name": known[grant.institution_id].name,
            "payee_name": known[grant.institution_id].payee, "amount": grant.amount,
            "district_code": known[grant.institution_id].district_code, "items": list(grant.items),
        }
        for grant in grants
    ]  # fmt: skip


def list_grants(
    db: Session, request_id: UUID, line_id: UUID, grants: list[dict[str, Any]], submitted_at: datetime | None = None
) -> None:
    """Make these the institutions of a line."""
    db.execute(
        delete(RequestGrant).where(RequestGrant.tenant_id == current().tenant_id, RequestGrant.line_id == line_id)
    )
    of = {"request_id": request_id, "line_id": line_id, "submitted_at": submitted_at}
    db.execute(insert(RequestGrant).values([{**of, **grant} for grant in grants]))


def _add_up(db: Session, request_id: UUID) -> None:
    total = sum(line.total for line in queries.lines(db, request_id))
    move(db, FundingRequest, request_id, ["draft"], total=total)
