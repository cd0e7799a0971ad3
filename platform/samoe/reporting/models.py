"""Small exact roll-ups. They hold counts and amounts, never persons; the fund sees these and only these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import NOBODY, protection
from samoe.db.table import CURRENT_TENANT, Base, TenantTable, one_of, tenant_fk, tenant_index


class StockRollup(Base):
    """How many enrolments stand where: phase × group × district × register × status × decision. Kept by trigger.

    Its foreign keys are those of the enrolments that it counts: one look-up for each line here, not for each person.
    """

    __tablename__ = "rollup_stock"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "phase_id", "group_slug", "district_code", "register", "status", "decision"),
        tenant_fk("phase_id", "phases"),
        ForeignKeyConstraint(["tenant_id", "group_slug"], ["tenant_groups.tenant_id", "tenant_groups.slug"]),
        {"info": protection("area", history=False, fund="read")},
    )

    tenant_id: Mapped[int] = mapped_column(SmallInteger, server_default=text(CURRENT_TENANT))
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    district_code: Mapped[str]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    register: Mapped[str]
    status: Mapped[str]
    decision: Mapped[str]
    n: Mapped[int] = mapped_column(BigInteger)


class AidRollup(Base):
    """Payments that reached someone: phase × group × district of the event. Kept by trigger on payments.

    ``recipients`` are the persons or institutions that hold at least one of the payments.
    """

    __tablename__ = "rollup_aid"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "phase_id", "group_slug", "district_code"),
        {"info": protection("area", history=False, fund="read")},
    )

    tenant_id: Mapped[int] = mapped_column(SmallInteger, server_default=text(CURRENT_TENANT))
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    district_code: Mapped[str]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    payments: Mapped[int] = mapped_column(BigInteger)
    recipients: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)


class AidByMonth(Base):
    """The same payments by the month in which they were paid (its first day). Kept by the trigger of ``rollup_aid``.

    Recipients are not kept: who was paid in two months would count twice.
    """

    __tablename__ = "rollup_aid_months"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "phase_id", "group_slug", "district_code", "month"),
        {"info": protection("area", history=False, fund="read")},
    )

    tenant_id: Mapped[int] = mapped_column(SmallInteger, server_default=text(CURRENT_TENANT))
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    district_code: Mapped[str]
    month: Mapped[date]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    payments: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[int] = mapped_column(BigInteger)


class ScreeningRollup(Base):
    """What the latest screening under each version of a group's criteria found. Kept by trigger on screening runs."""

    __tablename__ = "rollup_screenings"
    __table_args__ = (
        PrimaryKeyConstraint("tenant_id", "phase_id", "group_slug", "number"),
        {"info": protection("tenant", history=False, fund="read", narrow=NOBODY)},
    )

    tenant_id: Mapped[int] = mapped_column(SmallInteger, server_default=text(CURRENT_TENANT))
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    number: Mapped[int]
    """The number of the version."""
    runs: Mapped[int]
    qualifies: Mapped[int]
    does_not: Mapped[int]
    unknown: Mapped[int]
    screened_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class ReportIssue(TenantTable):
    """A report as it was issued: as of which date, as known when, and its sealed content."""

    __tablename__ = "report_issues"
    protect = protection("tenant", append_only=True, fund="read")
    rules = (
        CheckConstraint(one_of("kind", "quarter", "phase", "comparison"), name="kind"),
        tenant_index("report_issues", "kind", "as_of"),
    )

    kind: Mapped[str]
    phase_id: Mapped[UUID | None]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    as_of: Mapped[date]
    content: Mapped[dict[str, Any]]
    content_hash: Mapped[str]
    issued_by: Mapped[UUID | None]
