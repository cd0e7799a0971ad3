"""A request, its lines and grants, what reviewers say of them, and what an approval allocates.

The fund reads requests once they are sent, of every province, and writes only in the province whose request it
decides. Who may change what, and in which state, is kept by the database too: migration 0010_requests.sql.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import NOBODY, protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index

JsonList = Annotated[list[dict[str, Any]], mapped_column(JSONB)]

OPEN = ("submitted", "in_review", "asked", "answered", "recommended")
"""With the fund, and not decided."""
GRANTED = ("approved", "partly_approved")
STATUSES = ("draft", *OPEN, *GRANTED, "refused", "withdrawn")
VERDICTS = ("verify", "ask", "refuse")


class FundingRequest(TenantTable):
    """Persons (accounts) prepare and submit in the province, recommend and decide in the fund: all different."""

    __tablename__ = "funding_requests"
    protect = protection("tenant", fund="decide", fund_sees="submitted_at is not null")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_fk("agreement_id", "agreements"),
        CheckConstraint(one_of("status", *STATUSES), name="status"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint(
            "status = 'draft' or (submitted_by is not null and submitted_at is not null and number is not null"
            " and content_hash is not null and total > 0)",
            name="submitted",
        ),
        CheckConstraint(
            "recommended_by is null or (recommended_by <> prepared_by and recommended_by <> submitted_by)",
            name="requester_is_not_reviewer",
        ),
        CheckConstraint(
            "decided_by is null or (decided_by <> prepared_by and decided_by <> submitted_by"
            " and decided_by is distinct from recommended_by)",
            name="approver_is_another_person",
        ),
        CheckConstraint(
            "status not in ('approved', 'partly_approved', 'refused')"
            " or (decided_by is not null and decided_on is not null and recommended_by is not null)",
            name="decided",
        ),
        tenant_index("funding_requests", "fiscal_year", "number", unique=True),
        tenant_index("funding_requests", "status", "submitted_at"),
        tenant_index("funding_requests", "phase_id"),
    )

    phase_id: Mapped[UUID]
    agreement_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(server_default="draft")
    fiscal_year: Mapped[int | None] = mapped_column(SmallInteger)
    number: Mapped[int | None]
    note: Mapped[str | None]
    total: Mapped[Satang] = mapped_column(server_default=text("0"))
    prepared_by: Mapped[UUID]
    submitted_by: Mapped[UUID | None]
    submitted_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    content_hash: Mapped[str | None]
    version: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    """1 as first sent, one more each time it was sent again with corrected lines."""
    round: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """How often the fund has asked. Lines that were asked about in the present round may be corrected."""
    review_started_on: Mapped[date | None]
    recommended_by: Mapped[UUID | None]
    recommended_on: Mapped[date | None]
    recommended_total: Mapped[Satang | None]
    recommendation: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    approved_total: Mapped[Satang | None]
    terms: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it was refused or withdrawn."""
    status_on: Mapped[date]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class RequestLine(TenantTable):
    """One benefit of one group: a head count at a unit amount, or a list of institutions with their own amounts.

    ``submitted_at`` repeats the request's, so that the fund's policy reads this row only.
    """

    __tablename__ = "request_lines"
    protect = protection("tenant", fund="read", fund_sees="submitted_at is not null")
    rules = (
        tenant_fk("request_id", "funding_requests", ondelete="CASCADE"),
        tenant_fk("benefit_id", "benefits"),
        tenant_index("request_lines", "request_id", "position", unique=True),
        CheckConstraint(one_of("subject", "person", "institution"), name="subject"),
        CheckConstraint("count >= 0 and total >= 0", name="counts"),
        CheckConstraint(
            "(subject = 'person' and unit_amount > 0 and total = count * unit_amount)"
            " or (subject = 'institution' and unit_amount is null)",
            name="total",
        ),
    )

    request_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    group_slug: Mapped[str]
    benefit_id: Mapped[UUID]
    subject: Mapped[str]
    count: Mapped[int]
    unit_amount: Mapped[Satang | None]
    total: Mapped[Satang]
    qualifying: Mapped[int | None]
    """How many qualified when the line was written: what the reviewer compares the count with."""
    note: Mapped[str | None]
    submitted_at: Mapped[datetime | None]


class RequestGrant(TenantTable):
    """An institution on a line, with its amount. Names are kept as they stood: the fund sees no registry."""

    __tablename__ = "request_grants"
    protect = protection("tenant", fund="read", fund_sees="submitted_at is not null", narrow=NOBODY)
    rules = (
        tenant_fk("request_id", "funding_requests", ondelete="CASCADE"),
        tenant_fk("line_id", "request_lines", ondelete="CASCADE"),
        tenant_fk("institution_id", "institutions"),
        tenant_index("request_grants", "line_id", "institution_id", unique=True),
        tenant_index("request_grants", "request_id"),
        CheckConstraint("amount > 0", name="amount"),
    )

    request_id: Mapped[UUID]
    line_id: Mapped[UUID]
    institution_id: Mapped[UUID]
    recipient_name: Mapped[str]
    payee_name: Mapped[str]
    district_code: Mapped[str]
    amount: Mapped[Satang]
    items: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    """The codes of the items that the money is for, where the benefit is for failing items of an instrument."""
    submitted_at: Mapped[datetime | None]


class RequestReview(TenantTable):
    """What the fund's reviewer says of a line: verify it, ask about it, or refuse it."""

    __tablename__ = "request_reviews"
    protect = protection("tenant", fund="decide")
    rules = (
        tenant_fk("request_id", "funding_requests", ondelete="CASCADE"),
        tenant_fk("line_id", "request_lines", ondelete="CASCADE"),
        tenant_index("request_reviews", "line_id", unique=True),
        tenant_index("request_reviews", "request_id"),
        CheckConstraint(one_of("verdict", *VERDICTS), name="verdict"),
    )

    request_id: Mapped[UUID]
    line_id: Mapped[UUID]
    verdict: Mapped[str]
    note: Mapped[str | None]
    reviewed_by: Mapped[UUID]
    reviewed_on: Mapped[date]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class RequestQuestion(TenantTable):
    """A question of the fund about a request or one of its lines, and the province's answer."""

    __tablename__ = "request_questions"
    protect = protection("tenant", fund="decide")
    rules = (
        tenant_fk("request_id", "funding_requests", ondelete="CASCADE"),
        tenant_fk("line_id", "request_lines", ondelete="CASCADE"),
        tenant_index("request_questions", "request_id"),
        CheckConstraint("(answer is null) = (answered_by is null)", name="answer"),
        CheckConstraint("answered_by is distinct from asked_by", name="two_persons"),
    )

    request_id: Mapped[UUID]
    line_id: Mapped[UUID | None]
    round: Mapped[int] = mapped_column(SmallInteger)
    question: Mapped[str]
    asked_by: Mapped[UUID]
    asked_on: Mapped[date]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_on: Mapped[date | None]


class RequestCorrection(TenantTable):
    """What a line said, and what the province makes of it, after the fund asked about it.

    The line itself keeps what was sent until the request is sent again (``submitted_at``); from then on the row is
    the line's earlier version, and does not change any more. ``grants`` are lists of
    ``{institution_id, recipient_name, payee_name, district_code, amount}``.
    """

    __tablename__ = "request_corrections"
    protect = protection("tenant", fund="read", fund_sees="submitted_at is not null")
    rules = (
        tenant_fk("request_id", "funding_requests"),
        tenant_fk("line_id", "request_lines"),
        tenant_index("request_corrections", "line_id", "round", unique=True),
        tenant_index("request_corrections", "request_id"),
        CheckConstraint("count > 0 and total > 0", name="counts"),
        CheckConstraint("(submitted_at is null) = (submitted_by is null)", name="submitted"),
    )

    request_id: Mapped[UUID]
    line_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(SmallInteger)
    old_count: Mapped[int]
    old_unit_amount: Mapped[Satang | None]
    old_total: Mapped[Satang]
    old_note: Mapped[str | None]
    old_grants: Mapped[JsonList]
    old_hash: Mapped[str]
    """The seal of the request that the old values were sent under."""
    count: Mapped[int]
    unit_amount: Mapped[Satang | None]
    total: Mapped[Satang]
    note: Mapped[str | None]
    grants: Mapped[JsonList]
    qualifying: Mapped[int | None]
    corrected_by: Mapped[UUID]
    corrected_on: Mapped[date]
    submitted_by: Mapped[UUID | None]
    submitted_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Allocation(TenantTable):
    """A budget line: what was approved of a request line. ``available`` is the room entitlements have left in it.

    Made by an approval only; the province may only take room from it and give room back.
    """

    __tablename__ = "allocations"
    protect = protection("tenant", fund="decide")
    rules = (
        tenant_fk("request_id", "funding_requests"),
        tenant_fk("line_id", "request_lines"),
        tenant_fk("agreement_id", "agreements"),
        tenant_fk("phase_id", "phases"),
        tenant_fk("benefit_id", "benefits"),
        tenant_index("allocations", "line_id", unique=True),
        tenant_index("allocations", "phase_id", "group_slug"),
        tenant_index("allocations", "agreement_id"),
        CheckConstraint("amount > 0 and count > 0", name="amount"),
        CheckConstraint("available between 0 and amount", name="available"),
    )

    request_id: Mapped[UUID]
    line_id: Mapped[UUID]
    agreement_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    benefit_id: Mapped[UUID]
    subject: Mapped[str]
    count: Mapped[int]
    unit_amount: Mapped[Satang | None]
    amount: Mapped[Satang]
    available: Mapped[Satang]
    approved_by: Mapped[UUID]
    approved_on: Mapped[date]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class AllocationGrant(TenantTable):
    """An institution that was approved, with its amount."""

    __tablename__ = "allocation_grants"
    protect = protection("tenant", fund="decide", narrow=NOBODY)
    rules = (
        tenant_fk("allocation_id", "allocations"),
        tenant_fk("institution_id", "institutions"),
        tenant_index("allocation_grants", "allocation_id", "institution_id", unique=True),
        CheckConstraint("amount > 0", name="amount"),
    )

    allocation_id: Mapped[UUID]
    institution_id: Mapped[UUID]
    recipient_name: Mapped[str]
    payee_name: Mapped[str]
    amount: Mapped[Satang]
