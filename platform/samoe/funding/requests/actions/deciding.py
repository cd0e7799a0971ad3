"""The fund's approver: another person than everyone who prepared or reviewed. An approval moves the fund's book."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.duties import other_person
from samoe.funding.ledger.accounts import AccountRef
from samoe.funding.ledger.actions import Move, post
from samoe.funding.moving import move
from samoe.funding.requests import queries
from samoe.funding.requests.actions.granting import Granted, granted
from samoe.funding.requests.corrections import correctors
from samoe.funding.requests.forms import LineDecision
from samoe.funding.requests.models import Allocation, AllocationGrant, FundingRequest
from samoe.funding.requests.telling import tell_province
from samoe.identity import Actor, Permission, require
from samoe.kit import satang
from samoe.kit.problem import Problem
from samoe.programmes.models import Agreement
from samoe.tenancy import acting_for, current

ANOTHER_PERSON = "ผู้อนุมัติต้องเป็นคนละคนกับผู้ทำ ผู้ส่ง และผู้ตรวจสอบคำขอนี้ ให้ผู้อนุมัติคนอื่นเป็นผู้อนุมัติ"


def approve(
    db: Session,
    actor: Actor,
    request_id: UUID,
    *,
    on: date,
    decisions: Collection[LineDecision] | None = None,
    terms: str | None = None,
    seen: int | None = None,
) -> int:
    """Approve what was recommended, or the given part of each line; the total in satang.

    Makes one budget line for each request line and commits the money from the pot to the agreement. All of it
    happens or nothing: of many who approve at once, one does.
    """
    require(actor, Permission.REQUEST_APPROVE)
    with queries.in_its_province(db, request_id) as tenant_id:
        move(db, FundingRequest, request_id, ["recommended"], seen=seen)
        request = queries.one(db, request_id)
        who = _approver(db, actor, request)
        parts = granted(db, request_id, decisions)
        total = sum(part.amount for part in parts)
        if not total:
            raise Problem("ไม่มีบรรทัดใดได้รับอนุมัติ ถ้าไม่อนุมัติทั้งคำขอ เลือก ไม่อนุมัติ พร้อมเหตุผล")
        status = "approved" if total == request.total else "partly_approved"
        move(
            db, FundingRequest, request_id, ["recommended"], status, status_on=on, decided_by=who, decided_on=on,
            approved_total=total, terms=terms or None,
        )  # fmt: skip
        for part in parts:
            _allocate(db, request, part, who, on)
        record(db, actor, "approved", "request", request_id, total=total, full=status == "approved")
        tell_province(db, actor, request_id, f"request_{status}")
    committed = AccountRef("committed", request.agreement_id, tenant_id)
    post(
        db, actor, "commit", [Move(total, AccountRef("pot"), committed)], on=on, subject=("request", request_id),
        memo=f"{request.fiscal_year % 100:02}/{request.number:03}" if request.fiscal_year else None,
    )  # fmt: skip
    with acting_for(db, tenant_id):
        _refuse_beyond_agreement(db, request.agreement_id)
    record(db, actor, "committed", "request", request_id, total=total, tenant=tenant_id)
    return total


def refuse(db: Session, actor: Actor, request_id: UUID, *, on: date, reason: str, seen: int | None = None) -> None:
    """Approve nothing of a recommended request, with the reason the province is told."""
    require(actor, Permission.REQUEST_APPROVE)
    if not reason:
        raise Problem("บอกเหตุผลที่ไม่อนุมัติ เพื่อให้จังหวัดรู้ว่าต้องทำอะไรต่อ", field="reason")
    with queries.in_its_province(db, request_id):
        who = _approver(db, actor, queries.one(db, request_id))
        move(
            db, FundingRequest, request_id, ["recommended"], "refused", seen=seen, status_on=on, decided_by=who,
            decided_on=on, approved_total=0, reason=reason,
        )  # fmt: skip
        record(db, actor, "refused", "request", request_id, reason=reason)
        tell_province(db, actor, request_id, "request_refused")


def _approver(db: Session, actor: Actor, request: FundingRequest) -> UUID:
    return other_person(
        actor, request.prepared_by, request.submitted_by, request.recommended_by, *queries.reviewers(db, request.id),
        *correctors(db, request.id), message=ANOTHER_PERSON,
    )  # fmt: skip


def _allocate(db: Session, request: FundingRequest, part: Granted, who: UUID, on: date) -> None:
    made = Allocation(
        request_id=request.id, line_id=part.line.id, agreement_id=request.agreement_id, phase_id=request.phase_id,
        group_slug=part.line.group_slug, benefit_id=part.line.benefit_id, subject=part.line.subject, count=part.count,
        unit_amount=part.line.unit_amount, amount=part.amount, available=part.amount, approved_by=who, approved_on=on,
    )  # fmt: skip
    db.add(made)
    db.flush()
    if part.grants:
        rows = [
            {
                "allocation_id": made.id, "institution_id": grant.institution_id, "amount": amount,
                "recipient_name": grant.recipient_name, "payee_name": grant.payee_name,
            }
            for grant, amount in part.grants
        ]  # fmt: skip
        db.execute(insert(AllocationGrant).values(rows))


def _refuse_beyond_agreement(db: Session, agreement_id: UUID) -> None:
    """After the posting, which lets one approval through at a time, so that the sum includes all before it."""
    limit = db.scalar(
        select(Agreement.amount).where(Agreement.tenant_id == current().tenant_id, Agreement.id == agreement_id)
    )
    allocated = db.scalar(
        select(func.sum(Allocation.amount)).where(
            Allocation.tenant_id == current().tenant_id, Allocation.agreement_id == agreement_id
        )
    )
    if limit is not None and allocated is not None and allocated > limit:
        raise Problem("เกินวงเงินของข้อตกลง %(over)s บาท ลดจำนวนที่อนุมัติ", over=satang.baht_short(int(allocated) - limit))
