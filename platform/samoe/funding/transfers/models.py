"""Instalments and refunds. Each is two ledger transactions, one in each book, joined by ``transfer_id``."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, new_id, one_of, tenant_fk, tenant_index

STATUSES = ("sent", "received")


class SentMoney:
    """What both directions have. Whoever confirms receipt is not whoever sent."""

    agreement_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Satang]
    status: Mapped[str] = mapped_column(server_default="sent")
    transfer_id: Mapped[UUID] = mapped_column(default=new_id)
    bank_reference: Mapped[str | None]
    sent_by: Mapped[UUID]
    sent_on: Mapped[date]
    received_by: Mapped[UUID | None]
    received_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


def _rules(table: str):  # type: ignore[no-untyped-def]
    return (
        tenant_fk("agreement_id", "agreements"),
        tenant_index(table, "agreement_id", "number", unique=True),
        tenant_index(table, "transfer_id", unique=True),
        CheckConstraint(one_of("status", *STATUSES), name="status"),
        CheckConstraint("amount > 0 and number > 0", name="amount"),
        CheckConstraint("received_by is distinct from sent_by", name="two_persons"),
        CheckConstraint(
            "(status = 'received') = (received_by is not null) and (received_on is null or received_on >= sent_on)",
            name="received",
        ),
    )


class Instalment(SentMoney, TenantTable):
    """งวดเงิน: sent by the fund under an agreement, confirmed by the province."""

    __tablename__ = "instalments"
    protect = protection("tenant", fund="decide")
    rules = _rules("instalments")


class Refund(SentMoney, TenantTable):
    """ส่งคืนเงินเหลือจ่าย: sent back by the province, confirmed by the fund."""

    __tablename__ = "refunds"
    protect = protection("tenant", fund="decide")
    rules = _rules("refunds")
