"""Sending money between the fund and a province, and confirming that it arrived.

Each sending posts in the sender's book, each confirmation in the receiver's, under one ``transfer_id``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.funding.duties import other_person, person
from samoe.funding.ledger.accounts import AccountRef
from samoe.funding.ledger.actions import Move, post
from samoe.funding.moving import move
from samoe.funding.requests.models import FundingRequest
from samoe.funding.transfers.forms import SendingForm, checked
from samoe.funding.transfers.models import Instalment, Refund
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.models import Agreement
from samoe.tenancy import acting_for, current

Kind = TypeVar("Kind", Instalment, Refund)
NOT_THE_APPROVER = "ผู้โอนเงินต้องเป็นคนละคนกับผู้อนุมัติคำขอของข้อตกลงนี้ ให้เจ้าหน้าที่การเงินคนอื่นโอน"
NOT_THE_SENDER = "ผู้ยืนยันรับเงินต้องเป็นคนละคนกับผู้โอน ให้ผู้อื่นยืนยัน"


def send_instalment(db: Session, actor: Actor, agreement_id: UUID, form: SendingForm, *, on: date) -> UUID:
    """The fund sends an instalment under an agreement of a province, out of what was committed to it."""
    require(actor, Permission.TRANSFER_SEND)
    checked(form)
    with _in_province_of(db, agreement_id) as tenant_id:
        deciders = db.scalars(
            select(FundingRequest.decided_by).where(
                FundingRequest.tenant_id == tenant_id, FundingRequest.agreement_id == agreement_id,
                FundingRequest.decided_by.is_not(None),
            )
        )  # fmt: skip
        who = other_person(actor, *deciders, message=NOT_THE_APPROVER)
        sent = _sent(db, Instalment, agreement_id, form, who, on)
        record(db, actor, "sent", "instalment", sent.id, amount=form.amount, number=sent.number)
    source, target = (AccountRef(kind, agreement_id, tenant_id) for kind in ("committed", "transferred"))
    post(
        db, actor, "instalment", [Move(form.amount, source, target)], on=on, subject=("instalment", sent.id),
        memo=form.bank_reference, transfer_id=sent.transfer_id,
    )  # fmt: skip
    record(db, actor, "sent", "instalment", sent.id, amount=form.amount, tenant=tenant_id)
    return sent.id


def confirm_instalment(db: Session, actor: Actor, instalment_id: UUID, *, on: date) -> None:
    """The province confirms that an instalment is in the project's account: it is cash from now on."""
    require(actor, Permission.TRANSFER_CONFIRM)
    sent = _one(db, Instalment, instalment_id)
    who = other_person(actor, sent.sent_by, message=NOT_THE_SENDER)
    _receive(db, Instalment, sent, who, on)
    source, target = (AccountRef(kind, sent.agreement_id) for kind in ("fund_source", "cash"))
    post(
        db, actor, "receipt", [Move(sent.amount, source, target)], on=on, subject=("instalment", sent.id),
        memo=sent.bank_reference, transfer_id=sent.transfer_id,
    )  # fmt: skip
    record(db, actor, "received", "instalment", sent.id, amount=sent.amount)


def send_refund(db: Session, actor: Actor, agreement_id: UUID, form: SendingForm, *, on: date) -> UUID:
    """The province sends back what is left of an agreement's cash."""
    require(actor, Permission.PAYMENT_RECONCILE)
    checked(form)
    if db.get(Agreement, (current().tenant_id, agreement_id)) is None:
        raise NotFound
    sent = _sent(db, Refund, agreement_id, form, person(actor), on)
    source, target = (AccountRef(kind, agreement_id) for kind in ("cash", "refunded"))
    post(
        db, actor, "refund", [Move(form.amount, source, target)], on=on, subject=("refund", sent.id),
        memo=form.bank_reference, transfer_id=sent.transfer_id,
    )  # fmt: skip
    record(db, actor, "sent", "refund", sent.id, amount=form.amount)
    return sent.id


def confirm_refund(db: Session, actor: Actor, refund_id: UUID, *, on: date) -> None:
    """The fund confirms that a refund arrived."""
    require(actor, Permission.TRANSFER_SEND)
    tenant_id = db.scalar(select(Refund.tenant_id).where(Refund.id == refund_id))
    if tenant_id is None:
        raise NotFound
    with acting_for(db, tenant_id):
        sent = _one(db, Refund, refund_id)
        who = other_person(actor, sent.sent_by, message=NOT_THE_SENDER)
        _receive(db, Refund, sent, who, on)
    source, target = (AccountRef(kind, sent.agreement_id, tenant_id) for kind in ("transferred", "refund_received"))
    post(
        db, actor, "refund", [Move(sent.amount, source, target)], on=on, subject=("refund", sent.id),
        memo=sent.bank_reference, transfer_id=sent.transfer_id,
    )  # fmt: skip
    record(db, actor, "received", "refund", sent.id, amount=sent.amount, tenant=tenant_id)


@contextmanager
def _in_province_of(db: Session, agreement_id: UUID) -> Iterator[int]:
    tenant_id = db.scalar(select(Agreement.tenant_id).where(Agreement.id == agreement_id))
    if tenant_id is None:
        raise NotFound
    with acting_for(db, tenant_id):
        yield tenant_id


def _sent(db: Session, table: type[Kind], agreement_id: UUID, form: SendingForm, who: UUID, on: date) -> Kind:
    """The new row. Of two with the same number, sent at one moment, the second is refused by the index."""
    last = db.scalar(
        select(func.max(table.number)).where(table.tenant_id == current().tenant_id, table.agreement_id == agreement_id)
    )
    made = table(
        agreement_id=agreement_id, number=(last or 0) + 1, amount=form.amount, bank_reference=form.bank_reference,
        sent_by=who, sent_on=on,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def _one(db: Session, table: type[Any], row_id: UUID) -> Any:
    found = db.scalar(select(table).where(table.tenant_id == current().tenant_id, table.id == row_id))
    if found is None:
        raise NotFound
    return found


def _receive(db: Session, table: type[Any], sent: Any, who: UUID, on: date) -> None:
    if on < sent.sent_on:
        raise Problem("วันที่รับเงินต้องไม่ก่อนวันที่โอน ตรวจวันที่อีกครั้ง", field="on")
    move(db, table, sent.id, ["sent"], "received", received_by=who, received_on=on)
