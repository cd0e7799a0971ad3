"""Entitlements, and the accounts into which payees are paid."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models import CaseColumns
from samoe.db.protection import NOBODY, protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index

PAYEES = ("self", "guardian", "institution", "supervising_agency", "partner")
LIVE = "ended_on is null"


class Entitlement(CaseColumns, TenantTable):
    """A right of one person or institution to one benefit of a phase. A payment carries it out; neither is the other.

    One live entitlement per subject, phase and purpose, across groups and requests, unless the benefit stacks.
    ``event_area_code`` is where the subject was when entitled; reports go by it.
    """

    __tablename__ = "entitlements"
    protect = protection("case")
    rules = (
        tenant_fk("allocation_id", "allocations"),
        tenant_fk("enrolment_id", "enrolments"),
        tenant_fk("phase_id", "phases"),
        tenant_fk("benefit_id", "benefits"),
        tenant_fk("person_id", "persons"),
        tenant_fk("subject_institution_id", "institutions"),
        CheckConstraint("num_nonnulls(person_id, subject_institution_id) = 1", name="one_subject"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(one_of("payee_kind", *PAYEES), name="payee_kind"),
        CheckConstraint("(ended_on is null) = (ended_reason is null)", name="ended"),
        tenant_index(
            "entitlements", "phase_id", "purpose", "person_id", unique=True,
            postgresql_where=text(f"{LIVE} and not stackable and person_id is not null"),
        ),
        tenant_index(
            "entitlements", "phase_id", "purpose", "subject_institution_id", unique=True,
            postgresql_where=text(f"{LIVE} and not stackable and subject_institution_id is not null"),
        ),
        tenant_index(
            "entitlements", "allocation_id", "enrolment_id", unique=True, postgresql_where=text(LIVE)
        ),
        tenant_index("entitlements", "enrolment_id"),
        tenant_index("entitlements", "phase_id", "group_slug"),
    )  # fmt: skip

    allocation_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    benefit_id: Mapped[UUID]
    purpose: Mapped[str]
    stackable: Mapped[bool]
    person_id: Mapped[UUID | None]
    subject_institution_id: Mapped[UUID | None]
    payee_kind: Mapped[str]
    payee_name: Mapped[str]
    amount: Mapped[Satang]
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    entitled_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]
    entitled_by: Mapped[UUID]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PayeeAccount(TenantTable):
    """The bank account into which a person's or an institution's money is paid. A change is a new row."""

    __tablename__ = "payee_accounts"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("person_id", "persons", ondelete="CASCADE"),
        tenant_fk("institution_id", "institutions"),
        CheckConstraint("num_nonnulls(person_id, institution_id) = 1", name="one_owner"),
        CheckConstraint("bank_code ~ '^[0-9]{3}$' and account_no ~ '^[0-9]{10,15}$'", name="account"),
        tenant_index(
            "payee_accounts", "person_id", unique=True,
            postgresql_where=text("valid_to is null and person_id is not null"),
        ),
        tenant_index(
            "payee_accounts", "institution_id", unique=True,
            postgresql_where=text("valid_to is null and institution_id is not null"),
        ),
    )  # fmt: skip

    person_id: Mapped[UUID | None]
    institution_id: Mapped[UUID | None]
    bank_code: Mapped[str]
    account_no: Mapped[str]
    account_name: Mapped[str]
    relation: Mapped[str | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    set_by: Mapped[UUID]
