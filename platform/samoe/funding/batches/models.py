"""Payment batches, payments and their evidence. Their rules in the database: migration 0010_payments.sql."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index

METHODS = ("bank", "cash", "goods")
STATUSES = ("draft", "checked", "signed", "sent", "settled", "void")
OUTCOMES = ("paid", "unclaimed", "bounced")
PAYMENT_STATUSES = ("listed", "sent", *OUTCOMES, "void")
LIVE = "status in ('listed', 'sent', 'paid')"


class PaymentBatch(TenantTable):
    """ชุดขออนุมัติเบิกจ่าย. From the check on it is frozen under ``content_hash``: any change is a new batch."""

    __tablename__ = "payment_batches"
    protect = protection("tenant")
    rules = (
        tenant_fk("allocation_id", "allocations"),
        tenant_fk("agreement_id", "agreements"),
        tenant_fk("phase_id", "phases"),
        CheckConstraint(one_of("method", *METHODS), name="method"),
        CheckConstraint(one_of("status", *STATUSES), name="status"),
        CheckConstraint(
            "checked_by is distinct from made_by and signed_by is distinct from made_by"
            " and (signed_by is null or signed_by is distinct from checked_by)",
            name="three_persons",
        ),
        CheckConstraint(
            "status in ('draft', 'void') or (checked_by is not null and content_hash is not null and total > 0)",
            name="checked",
        ),
        CheckConstraint("status not in ('signed', 'sent', 'settled') or signed_by is not null", name="signed"),
        tenant_index("payment_batches", "fiscal_year", "number", unique=True),
        tenant_index("payment_batches", "status"),
        tenant_index("payment_batches", "allocation_id"),
    )

    fiscal_year: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int]
    allocation_id: Mapped[UUID]
    agreement_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    method: Mapped[str]
    status: Mapped[str] = mapped_column(server_default="draft")
    note: Mapped[str | None]
    payments: Mapped[int] = mapped_column(server_default=text("0"))
    total: Mapped[Satang] = mapped_column(server_default=text("0"))
    content_hash: Mapped[str | None]
    made_by: Mapped[UUID]
    made_on: Mapped[date]
    checked_by: Mapped[UUID | None]
    checked_on: Mapped[date | None]
    signatures_needed: Mapped[int] = mapped_column(SmallInteger, server_default=text("2"))
    """What the phase says at the check; frozen with the rest."""
    signed_by: Mapped[UUID | None]
    """The last of those who signed, with whose signature the money went out."""
    signed_on: Mapped[date | None]
    sent_by: Mapped[UUID | None]
    sent_on: Mapped[date | None]
    carried_by: Mapped[str | None]
    """Who took the cash to the places where it is handed out, by a loan contract (สัญญายืมเงิน)."""
    settled_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class BatchSignature(TenantTable):
    """One signatory's release of a checked batch. The money goes out with the last that is needed."""

    __tablename__ = "batch_signatures"
    protect = protection("tenant", append_only=True)
    rules = (
        tenant_fk("batch_id", "payment_batches"),
        tenant_index("batch_signatures", "batch_id", "signed_by", unique=True),
    )

    batch_id: Mapped[UUID]
    signed_by: Mapped[UUID]
    signed_on: Mapped[date]
    content_hash: Mapped[str]
    """The seal that this person saw."""


class Payment(CaseColumns, TenantTable):
    """One attempt to carry out one entitlement. An entitlement has one live payment; a bounced or unclaimed one
    may be followed by another (``follows_id``)."""

    __tablename__ = "payments"
    protect = protection("case")
    rules = (
        tenant_fk("batch_id", "payment_batches"),
        tenant_fk("entitlement_id", "entitlements"),
        tenant_fk("enrolment_id", "enrolments"),
        tenant_fk("follows_id", "payments"),
        tenant_fk("phase_id", "phases"),
        CheckConstraint(one_of("status", *PAYMENT_STATUSES), name="status"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(status = 'paid') = (paid_on is not null)", name="paid_on"),
        tenant_index("payments", "entitlement_id", unique=True, postgresql_where=text(LIVE)),
        tenant_index("payments", "follows_id", unique=True, postgresql_where=text("follows_id is not null")),
        tenant_index("payments", "batch_id", "line_no", unique=True),
        tenant_index("payments", "phase_id", "group_slug", "status"),
        tenant_index("payments", "enrolment_id"),
        tenant_index("payments", "person_id"),
        tenant_index("payments", "subject_institution_id"),
    )

    batch_id: Mapped[UUID]
    line_no: Mapped[int]
    enrolment_id: Mapped[UUID]
    entitlement_id: Mapped[UUID]
    follows_id: Mapped[UUID | None]
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    benefit_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    subject_institution_id: Mapped[UUID | None]
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    amount: Mapped[Satang] = mapped_column(BigInteger)
    payee_name: Mapped[str]
    bank_code: Mapped[str | None]
    account_no: Mapped[str | None]
    account_name: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="listed")
    paid_on: Mapped[date | None]
    result_on: Mapped[date | None]
    result_reason: Mapped[str | None]
    result_by: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PaymentEvidence(TenantTable):
    """A document that proves a payment: a bank's receipt, or a signed sheet that proves sixty."""

    __tablename__ = "payment_evidence"
    protect = protection("tenant", append_only=True)
    rules = (
        tenant_fk("payment_id", "payments"),
        tenant_fk("batch_id", "payment_batches"),
        tenant_fk("document_id", "documents"),
        tenant_index("payment_evidence", "payment_id", "document_id", unique=True),
        tenant_index("payment_evidence", "document_id"),
        tenant_index("payment_evidence", "batch_id"),
        CheckConstraint(one_of("kind", "signed_list", "bank_receipt", "receipt", "certificate"), name="kind"),
    )

    payment_id: Mapped[UUID]
    batch_id: Mapped[UUID]
    document_id: Mapped[UUID]
    kind: Mapped[str]
    attached_by: Mapped[UUID]
    attached_on: Mapped[date]
