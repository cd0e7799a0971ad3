"""Making a batch: drafts only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.batches import queries
from samoe.funding.batches.models import METHODS, Payment, PaymentBatch
from samoe.funding.duties import person
from samoe.funding.entitlements.models import Entitlement, PayeeAccount
from samoe.funding.moving import move
from samoe.funding.numbering.actions import take_next
from samoe.funding.requests.models import Allocation
from samoe.identity import Actor, Permission, require
from samoe.kit.periods import fiscal_year
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.models import Benefit
from samoe.registry.models import Institution, Person
from samoe.sdk import Manifest
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current


def make_batch(
    db: Session,
    actor: Actor,
    allocation_id: UUID,
    *,
    method: str,
    on: date,
    institution_ids: Collection[UUID] | None = None,
    entitlement_ids: Collection[UUID] | None = None,
    most: int | None = None,
    note: str | None = None,
) -> UUID:
    """Draft a batch of everyone entitled who is not being paid and was not paid: all, at some places, or some.

    By bank only those whose account is known. A payment that bounced or was not claimed before is followed by the
    new one. Two batches made at once never hold the same entitlement. For a group that is off no batch is made.
    """
    require(actor, Permission.BATCH_PREPARE)
    who = person(actor)
    if method not in METHODS:
        raise Problem("เลือกวิธีจ่าย", field="method")
    allocation = db.get(Allocation, (current().tenant_id, allocation_id))
    if allocation is None:
        raise NotFound
    group = group_or_404(db, allocation.group_slug)
    b = Benefit
    slug = db.scalars(select(b.slug).where(b.tenant_id == current().tenant_id, b.id == allocation.benefit_id)).one()
    if method not in ways(group.manifest, slug):
        raise Problem("ความช่วยเหลือนี้ไม่ได้กำหนดให้จ่ายด้วยวิธีนี้ เลือกวิธีอื่น", field="method")
    batch = PaymentBatch(
        fiscal_year=fiscal_year(on), number=take_next(db, "batch", fiscal_year(on)), allocation_id=allocation_id,
        agreement_id=allocation.agreement_id, phase_id=allocation.phase_id, group_slug=allocation.group_slug,
        method=method, note=note or None, made_by=who, made_on=on,
    )  # fmt: skip
    db.add(batch)
    db.flush()
    lines = _lines(batch, institution_ids, entitlement_ids).limit(most)
    names = [
        "tenant_id", "id", "batch_id", "line_no", "enrolment_id", "entitlement_id", "follows_id", "phase_id",
        "group_slug", "benefit_id", "person_id", "subject_institution_id", "event_area_code", "amount", "payee_name",
        "bank_code", "account_no", "account_name", "status", "area_bit", "group_bit", "institution_id", "worker_id",
        "row_version",
    ]  # fmt: skip
    db.execute(insert(Payment).from_select(names, lines, include_defaults=False).on_conflict_do_nothing())
    _add_up(db, batch.id)
    if not queries.one(db, batch.id).payments:
        message = {
            "bank": "ไม่มีรายการที่จ่ายผ่านธนาคารได้ บันทึกบัญชีของผู้รับก่อน หรือจ่ายเป็นเงินสด",
        }.get(method, "ไม่มีรายการที่รอจ่าย ทำรายชื่อผู้มีสิทธิก่อน หรือดูชุดที่ทำไว้แล้ว")
        raise Problem(message)
    record(db, actor, "made", "payment_batch", batch.id, payments=batch.payments, total=batch.total)
    return batch.id


def remove_payment(db: Session, actor: Actor, batch_id: UUID, payment_id: UUID, seen: int | None = None) -> None:
    """Take one payment out of a draft; its entitlement waits for another batch."""
    require(actor, Permission.BATCH_PREPARE)
    move(db, PaymentBatch, batch_id, ["draft"], seen=seen)
    gone = db.execute(
        delete(Payment).where(
            Payment.tenant_id == current().tenant_id, Payment.batch_id == batch_id, Payment.id == payment_id
        )
    )
    if gone.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    _add_up(db, batch_id)
    record(db, actor, "removed", "payment", payment_id, batch=str(batch_id))


def discard(db: Session, actor: Actor, batch_id: UUID) -> None:
    """Make a draft void. Its number is not used again."""
    require(actor, Permission.BATCH_PREPARE)
    move(db, PaymentBatch, batch_id, ["draft"], "void")
    void_payments(db, batch_id)
    record(db, actor, "discarded", "payment_batch", batch_id)


def void_payments(db: Session, batch_id: UUID) -> None:
    """The payments of a void batch are void; their entitlements wait for another batch."""
    db.execute(
        update(Payment)
        .where(Payment.tenant_id == current().tenant_id, Payment.batch_id == batch_id, Payment.status == "listed")
        .values(status="void", row_version=Payment.row_version + 1)
        .execution_options(synchronize_session=False)
    )


def ways(manifest: Manifest, benefit: str) -> tuple[str, ...]:
    """How a benefit may be paid, as its group says; in any way where the group has given it up since."""
    return next((one.channels for one in manifest.benefits if one.slug == benefit), METHODS)


def _lines(
    batch: PaymentBatch, institution_ids: Collection[UUID] | None, entitlement_ids: Collection[UUID] | None
) -> Any:
    n, p, i, a = Entitlement, Person, Institution, PayeeAccount
    earlier = (
        select(Payment.id)
        .where(Payment.tenant_id == n.tenant_id, Payment.entitlement_id == n.id)
        .order_by(Payment.recorded_at.desc(), Payment.id.desc())
        .limit(1)
        .correlate(n)
        .scalar_subquery()
    )
    order = (i.sort_key, n.institution_id, func.coalesce(p.sort_key, ""), n.id)
    statement: Any = (
        select(
            n.tenant_id, func.gen_random_uuid(), literal(batch.id), func.row_number().over(order_by=order),
            n.enrolment_id, n.id, earlier, n.phase_id, n.group_slug, n.benefit_id, n.person_id,
            n.subject_institution_id, n.event_area_code, n.amount, n.payee_name, a.bank_code, a.account_no,
            a.account_name, literal("listed"), n.area_bit, n.group_bit, n.institution_id, n.worker_id, literal(1),
        )
        .outerjoin(p, (p.tenant_id == n.tenant_id) & (p.id == n.person_id))
        .outerjoin(i, (i.tenant_id == n.tenant_id) & (i.id == n.institution_id))
        .outerjoin(
            a,
            (a.tenant_id == n.tenant_id)
            & a.valid_to.is_(None)
            & ((a.person_id == n.person_id) | (a.institution_id == n.subject_institution_id))
            & (literal(batch.method) == "bank"),
        )
        .where(n.tenant_id == current().tenant_id, n.allocation_id == batch.allocation_id, queries.unpaid())
        .order_by(*order)
    )  # fmt: skip
    if batch.method == "bank":
        statement = statement.where(a.account_no.is_not(None))
    if institution_ids is not None:
        statement = statement.where(n.institution_id.in_(list(institution_ids)))
    if entitlement_ids is not None:
        statement = statement.where(n.id.in_(list(entitlement_ids)))
    return statement


def _add_up(db: Session, batch_id: UUID) -> None:
    number, total = db.execute(
        select(func.count(), func.coalesce(func.sum(Payment.amount), 0)).where(
            Payment.tenant_id == current().tenant_id, Payment.batch_id == batch_id
        )
    ).one()
    move(db, PaymentBatch, batch_id, ["draft"], payments=number, total=int(total))
