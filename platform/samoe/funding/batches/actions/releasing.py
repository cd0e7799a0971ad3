"""Checking, signing and sending: each another person, and a batch that does not change between them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.batches import queries
from samoe.funding.batches.actions.making import void_payments
from samoe.funding.batches.models import BatchSignature, Payment, PaymentBatch
from samoe.funding.batches.seals import seal
from samoe.funding.duties import other_person, person
from samoe.funding.entitlements.models import PayeeAccount
from samoe.funding.ledger.accounts import AccountRef
from samoe.funding.ledger.actions import Move, post, reverse
from samoe.funding.ledger.models import LedgerTransaction
from samoe.funding.moving import move
from samoe.identity import Actor, Permission, require
from samoe.identity.notices.actions import tell
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.phases.queries import phase
from samoe.tenancy import current

NOT_THE_MAKER = "ผู้ตรวจต้องเป็นคนละคนกับผู้ทำชุดนี้ ให้ผู้อื่นตรวจ"
NOT_THE_OTHERS = "ผู้ลงนามต้องเป็นคนละคนกับผู้ทำและผู้ตรวจชุดนี้ ให้ผู้มีอำนาจคนอื่นลงนาม"
SIGNED_ALREADY = "คุณลงนามชุดนี้แล้ว รอผู้มีอำนาจคนอื่นลงนาม"
OTHER_CONTENT = "ชุดนี้ไม่ตรงกับที่คุณเห็น เปิดหน้านี้ใหม่แล้วตรวจอีกครั้งก่อนลงนาม"
EMPTY = "ชุดนี้ไม่มีรายการจ่ายเหลืออยู่ ทิ้งชุดนี้แล้วทำชุดใหม่"
ACCOUNT_CHANGED = "บัญชีของผู้รับ %(count)s รายเปลี่ยนหลังการตรวจ ยกเลิกชุดนี้แล้วทำชุดใหม่"
OUT = {"bank": "in_transit", "cash": "advance", "goods": "advance"}
"""The account that money is in between its release and its result."""


def check(db: Session, actor: Actor, batch_id: UUID, *, on: date, seen: int | None = None) -> str:
    """Check a draft: from now on it is frozen, and its cash is reserved. Its seal is returned."""
    require(actor, Permission.BATCH_CHECK)
    move(db, PaymentBatch, batch_id, ["draft"], seen=seen)
    batch = queries.one(db, batch_id)
    who = other_person(actor, batch.made_by, message=NOT_THE_MAKER)
    if not batch.total:
        raise Problem(EMPTY)
    content = seal(db, batch)
    needed = phase(db, batch.phase_id).signatories
    move(
        db, PaymentBatch, batch_id, ["draft"], "checked", checked_by=who, checked_on=on, content_hash=content,
        signatures_needed=needed,
    )  # fmt: skip
    _post(db, actor, batch, "reserve", "cash", "reserved", on)
    record(db, actor, "checked", "payment_batch", batch_id, total=batch.total, payments=batch.payments)
    return content


def sign(db: Session, actor: Actor, batch_id: UUID, *, on: date, content_hash: str) -> bool:
    """Sign a checked batch; True when it was the last signature needed and the money is released.

    ``content_hash`` is the seal that the signatory saw.
    """
    require(actor, Permission.BATCH_SIGN)
    move(db, PaymentBatch, batch_id, ["checked"])
    batch = queries.one(db, batch_id)
    who = other_person(actor, batch.made_by, batch.checked_by, message=NOT_THE_OTHERS)
    if not batch.content_hash == content_hash == seal(db, batch):
        raise Conflict(OTHER_CONTENT)
    if changed := _changed_accounts(db, batch_id):
        raise Problem(ACCOUNT_CHANGED, count=changed)
    signed = {one.signed_by for one in queries.signatures(db, batch_id)}
    if who in signed:
        raise Problem(SIGNED_ALREADY)
    db.add(BatchSignature(batch_id=batch_id, signed_by=who, signed_on=on, content_hash=content_hash))
    db.flush()
    record(db, actor, "signed", "payment_batch", batch_id, total=batch.total)
    if len(signed) + 1 < batch.signatures_needed:
        return False
    move(db, PaymentBatch, batch_id, ["checked"], "signed", signed_by=who, signed_on=on)
    _post(db, actor, batch, "release", "reserved", OUT[batch.method], on)
    return True


def send(db: Session, actor: Actor, batch_id: UUID, *, on: date, carried_by: str | None = None) -> None:
    """Note that the file went to the bank, or that the cash went out with whoever carries it."""
    require(actor, Permission.BATCH_PREPARE)
    batch = queries.one(db, batch_id)
    if batch.method == "cash" and not carried_by:
        raise Problem("กรอกชื่อผู้รับเงินสดไปจ่าย ตามสัญญายืมเงิน", field="carried_by")
    if batch.method == "goods" and not carried_by:
        raise Problem("กรอกชื่อผู้รับเงินไปจัดซื้อและส่งมอบ ตามสัญญายืมเงิน", field="carried_by")
    move(
        db, PaymentBatch, batch_id, ["signed"], "sent", sent_by=person(actor), sent_on=on, carried_by=carried_by or None
    )
    db.execute(
        update(Payment)
        .where(Payment.tenant_id == current().tenant_id, Payment.batch_id == batch_id, Payment.status == "listed")
        .values(status="sent", row_version=Payment.row_version + 1)
        .execution_options(synchronize_session=False)
    )
    record(db, actor, "sent", "payment_batch", batch_id)


def note_download(db: Session, actor: Actor, batch_id: UUID) -> None:
    """Names and bank accounts left the system in a file: say so in the trail."""
    require(actor, Permission.BATCH_PREPARE)
    p = Payment
    people = select(func.count()).where(p.tenant_id == current().tenant_id, p.batch_id == batch_id)
    record(db, actor, "downloaded", "payment_batch", batch_id, count=db.scalar(people))


def note_printing(db: Session, actor: Actor, batch_id: UUID, *, people: int) -> None:
    """Lists of names to sign were opened for printing."""
    require(actor, Permission.PERSON_READ)
    record(db, actor, "printed", "payment_batch", batch_id, count=people)


def make_void(db: Session, actor: Actor, batch_id: UUID, *, on: date, reason: str) -> None:
    """Withdraw a batch that has not been sent: every posting of it is reversed, its entitlements wait again."""
    require(actor, Permission.BATCH_CHECK)
    if not reason:
        raise Problem("บอกเหตุผลที่ยกเลิก", field="reason")
    move(db, PaymentBatch, batch_id, ["checked", "signed"], "void")
    void_payments(db, batch_id)
    t = LedgerTransaction
    posted = db.scalars(
        select(t.id)
        .where(t.tenant_id == current().tenant_id, t.subject_type == "payment_batch", t.subject_id == batch_id)
        .order_by(t.fiscal_year.desc(), t.voucher_no.desc())
    ).all()
    for transaction in posted:
        reverse(db, actor, transaction, on=on, reason=reason)
    record(db, actor, "voided", "payment_batch", batch_id, reason=reason)
    batch = queries.one(db, batch_id)
    number = queries.code(batch.fiscal_year, batch.number)
    tell(db, "batch_returned", batch_id, accounts=[batch.made_by], but=actor.account_id, code=number)


def _post(db: Session, actor: Actor, batch: PaymentBatch, kind: str, source: str, target: str, on: date) -> None:
    moves = [Move(batch.total, AccountRef(source, batch.agreement_id), AccountRef(target, batch.agreement_id))]
    memo = queries.code(batch.fiscal_year, batch.number)
    post(db, actor, kind, moves, on=on, subject=("payment_batch", batch.id), memo=memo)


def _changed_accounts(db: Session, batch_id: UUID) -> int:
    """How many payees of a bank batch have another account now than the one in the batch."""
    p, a = Payment, PayeeAccount
    return db.execute(
        select(func.count())
        .select_from(p)
        .outerjoin(
            a,
            (a.tenant_id == p.tenant_id)
            & a.valid_to.is_(None)
            & ((a.person_id == p.person_id) | (a.institution_id == p.subject_institution_id)),
        )
        .where(
            p.tenant_id == current().tenant_id, p.batch_id == batch_id, p.account_no.is_not(None),
            (a.account_no.is_distinct_from(p.account_no)) | (a.bank_code.is_distinct_from(p.bank_code)),
        )
    ).scalar_one()  # fmt: skip
