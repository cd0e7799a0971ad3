"""Reading requests: one, its parts, a province's list, and the fund's inbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.funding.requests.models import (
    OPEN,
    Allocation,
    FundingRequest,
    RequestGrant,
    RequestLine,
    RequestQuestion,
    RequestReview,
)
from samoe.kit.problem import NotFound
from samoe.programmes.models import Agreement, Benefit, Phase
from samoe.registry.models import Institution, InstitutionSupervision
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import acting_for, current
from samoe.tenancy.models import Tenant

Columns = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line, with what the reviewer says of it. ``verdict`` is None until it was judged."""

    id: UUID
    request_id: UUID
    position: int
    group_slug: str
    benefit_id: UUID
    benefit_slug: str
    subject: str
    count: int
    unit_amount: int | None
    total: int
    qualifying: int | None
    note: str | None
    verdict: str | None
    review_note: str | None


@dataclass(frozen=True, slots=True)
class Grant:
    id: UUID
    line_id: UUID
    institution_id: UUID
    recipient_name: str
    payee_name: str
    district_code: str
    amount: int
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Question:
    id: UUID
    line_id: UUID | None
    round: int
    question: str
    asked_by: UUID
    asked_on: date
    answer: str | None
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a request asks for, in one line of a list."""

    group_slug: str
    subject: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A request in a list."""

    id: UUID
    tenant_id: int
    tenant_slug: str
    tenant_th: str
    tenant_en: str
    fiscal_year: int | None
    number: int | None
    status: str
    total: int
    approved_total: int | None
    submitted_on: date | None
    status_on: date
    phase_number: int
    agreement_number: str | None
    prepared_by: UUID
    parts: tuple[Part, ...] = ()

    def days(self, today: date) -> int:
        """How long it has stood where it stands."""
        return max((today - self.status_on).days, 0)

    def days_since_sent(self, today: date) -> int:
        return max((today - (self.submitted_on or today)).days, 0)


@dataclass(frozen=True, slots=True)
class Recipient:
    """An institution that may receive a grant; its payee is the agency that supervises it, where it has one."""

    name: str
    payee: str
    district_code: str


def one(db: Session, request_id: UUID) -> FundingRequest:
    """The request as it is now, or ``NotFound``. The caller is in the request's tenant."""
    found = db.scalar(
        select(FundingRequest)
        .where(FundingRequest.tenant_id == current().tenant_id, FundingRequest.id == request_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


@contextmanager
def in_its_province(db: Session, request_id: UUID) -> Iterator[int]:
    """For the fund: enter the tenant of a submitted request. ``NotFound`` for drafts as for what never was."""
    tenant_id = db.scalar(select(FundingRequest.tenant_id).where(FundingRequest.id == request_id))
    if tenant_id is None or not current().national:
        raise NotFound
    with acting_for(db, tenant_id):
        yield tenant_id


def lines(db: Session, request_id: UUID) -> list[Line]:
    li, v = RequestLine, RequestReview
    statement: Columns = (
        select(
            li.id, li.request_id, li.position, li.group_slug, li.benefit_id, Benefit.slug, li.subject, li.count,
            li.unit_amount, li.total, li.qualifying, li.note, v.verdict, v.note,
        )
        .join(Benefit, (Benefit.tenant_id == li.tenant_id) & (Benefit.id == li.benefit_id))
        .outerjoin(v, (v.tenant_id == li.tenant_id) & (v.line_id == li.id))
        .where(li.tenant_id == current().tenant_id, li.request_id == request_id)
        .order_by(li.position)
    )  # fmt: skip
    return [Line(*row) for row in db.execute(statement)]


def line(db: Session, request_id: UUID, line_id: UUID) -> Line:
    """One line of a request, or ``NotFound``."""
    found = next((one for one in lines(db, request_id) if one.id == line_id), None)
    if found is None:
        raise NotFound
    return found


def grants(db: Session, request_id: UUID) -> list[Grant]:
    g = RequestGrant
    statement: Columns = (
        select(g.id, g.line_id, g.institution_id, g.recipient_name, g.payee_name, g.district_code, g.amount, g.items)
        .where(g.tenant_id == current().tenant_id, g.request_id == request_id)
        .order_by(g.line_id, g.district_code, g.recipient_name, g.id)
    )
    return [Grant(*row) for row in db.execute(statement)]


def questions(db: Session, request_id: UUID) -> list[Question]:
    q = RequestQuestion
    statement: Columns = (
        select(q.id, q.line_id, q.round, q.question, q.asked_by, q.asked_on, q.answer, q.answered_on)
        .where(q.tenant_id == current().tenant_id, q.request_id == request_id)
        .order_by(q.recorded_at, q.id)
    )
    return [Question(*row) for row in db.execute(statement)]


def open_questions(db: Session, request_id: UUID) -> int:
    """How many questions of the fund wait for an answer."""
    q = RequestQuestion
    mine = (q.tenant_id == current().tenant_id, q.request_id == request_id, q.answer.is_(None))
    return db.scalar(select(func.count()).select_from(q).where(*mine)) or 0


def reviewers(db: Session, request_id: UUID) -> set[UUID]:
    """Every person who judged a line or asked about the request."""
    v, q = RequestReview, RequestQuestion
    judged = select(v.reviewed_by).where(v.tenant_id == current().tenant_id, v.request_id == request_id)
    asked = select(q.asked_by).where(q.tenant_id == current().tenant_id, q.request_id == request_id)
    return set(db.scalars(judged.union(asked)))


def of_province(db: Session, phase_id: UUID | None = None) -> list[Summary]:
    """A province's requests, the newest first."""
    statement = _summaries().where(FundingRequest.tenant_id == current().tenant_id)
    if phase_id is not None:
        statement = statement.where(FundingRequest.phase_id == phase_id)
    return _with_parts(db, statement.order_by(FundingRequest.recorded_at.desc(), FundingRequest.id))


def inbox(db: Session, statuses: Collection[str] = OPEN, limit: int = 200) -> list[Summary]:
    """For the fund: submitted requests of every province in these states, the longest waiting first."""
    statement = _summaries().where(FundingRequest.submitted_at.is_not(None), FundingRequest.status.in_(statuses))
    order = statement.order_by(FundingRequest.submitted_on, FundingRequest.submitted_at, FundingRequest.id)
    return _with_parts(db, order.limit(limit))


def counts_by_status(db: Session) -> dict[str, int]:
    """For the fund: how many submitted requests stand in each state."""
    statement: Columns = (
        select(FundingRequest.status, func.count())
        .where(FundingRequest.submitted_at.is_not(None))
        .group_by(FundingRequest.status)
    )
    return {row[0]: row[1] for row in db.execute(statement)}


def _summaries() -> Columns:
    r = FundingRequest
    return (
        select(
            r.id, r.tenant_id, Tenant.slug, Tenant.name_th, Tenant.name_en, r.fiscal_year, r.number, r.status, r.total,
            r.approved_total, r.submitted_on, r.status_on, Phase.number, Agreement.number, r.prepared_by,
        )
        .join(Tenant, Tenant.id == r.tenant_id)
        .join(Phase, (Phase.tenant_id == r.tenant_id) & (Phase.id == r.phase_id))
        .join(Agreement, (Agreement.tenant_id == r.tenant_id) & (Agreement.id == r.agreement_id))
    )  # fmt: skip


def _with_parts(db: Session, statement: Columns) -> list[Summary]:
    rows: Sequence[Any] = db.execute(statement).all()
    li = RequestLine
    parts: dict[UUID, list[Part]] = {}
    found = db.execute(
        select(li.request_id, li.group_slug, li.subject, li.count.label("number"), li.total)
        .where(li.tenant_id.in_({row[1] for row in rows}), li.request_id.in_([row[0] for row in rows]))
        .order_by(li.request_id, li.position)
    )
    for row in found:
        parts.setdefault(row.request_id, []).append(Part(row.group_slug, row.subject, row.number, row.total))
    return [replace(Summary(*row), parts=tuple(parts.get(row[0], ()))) for row in rows]


def qualifying(db: Session, phase_id: UUID, group_slug: str) -> int:
    """How many people or institutions in a group qualify in a phase, by the decision in force."""
    e = Enrolment
    return db.execute(
        select(func.count())
        .select_from(e)
        .join(TenantGroup, (TenantGroup.tenant_id == e.tenant_id) & (TenantGroup.id == e.group_id))
        .where(
            e.tenant_id == current().tenant_id, e.phase_id == phase_id, TenantGroup.slug == group_slug,
            e.decision == "qualifies", e.closed_on.is_(None),
        )
    ).scalar_one()  # fmt: skip


def benefit_bounds(db: Session, ids: set[UUID]) -> dict[UUID, tuple[int, int]]:
    """The least and most that each benefit may be."""
    rows = db.execute(
        select(Benefit.id, Benefit.min_amount, Benefit.max_amount).where(
            Benefit.tenant_id == current().tenant_id, Benefit.id.in_(ids)
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def institutions_of(db: Session, phase_id: UUID, group_slug: str) -> dict[UUID, Recipient]:
    """The institutions enrolled in a group in a phase, by id, in dictionary order."""
    e, s = Enrolment, InstitutionSupervision
    agency = (
        select(s.agency_name)
        .where(s.tenant_id == Institution.tenant_id, s.institution_id == Institution.id, s.to_on.is_(None))
        .order_by(s.from_on.desc().nulls_last(), s.id)
        .limit(1)
        .correlate(Institution)
        .scalar_subquery()
    )
    rows = db.execute(
        select(Institution.id, Institution.name, func.coalesce(agency, Institution.name), Institution.area_code)
        .join(e, (e.tenant_id == Institution.tenant_id) & (e.subject_institution_id == Institution.id))
        .join(TenantGroup, (TenantGroup.tenant_id == e.tenant_id) & (TenantGroup.id == e.group_id))
        .where(
            Institution.tenant_id == current().tenant_id, e.phase_id == phase_id, TenantGroup.slug == group_slug,
            e.closed_on.is_(None),
        )
        .order_by(Institution.sort_key, Institution.id)
    )  # fmt: skip
    return {row[0]: Recipient(row[1], row[2], row[3][:4]) for row in rows}


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An allocation: what was approved and what room entitlements have left in it."""

    id: UUID
    request_id: UUID
    request_number: int
    request_year: int
    agreement_id: UUID
    phase_id: UUID
    group_slug: str
    benefit_id: UUID
    benefit_slug: str
    subject: str
    count: int
    unit_amount: int | None
    amount: int
    available: int
    approved_on: date

    @property
    def taken(self) -> int:
        return self.amount - self.available


def budget(db: Session, *, phase_id: UUID | None = None, allocation_id: UUID | None = None) -> list[BudgetLine]:
    """The budget lines of the current province: of a phase, or one, or all."""
    a, r = Allocation, FundingRequest
    statement: Columns = (
        select(
            a.id, a.request_id, r.number, r.fiscal_year, a.agreement_id, a.phase_id, a.group_slug, a.benefit_id,
            Benefit.slug, a.subject, a.count, a.unit_amount, a.amount, a.available, a.approved_on,
        )
        .join(r, (r.tenant_id == a.tenant_id) & (r.id == a.request_id))
        .join(Benefit, (Benefit.tenant_id == a.tenant_id) & (Benefit.id == a.benefit_id))
        .where(a.tenant_id == current().tenant_id)
        .order_by(a.approved_on, a.group_slug, a.id)
    )  # fmt: skip
    if phase_id is not None:
        statement = statement.where(a.phase_id == phase_id)
    if allocation_id is not None:
        statement = statement.where(a.id == allocation_id)
    return [BudgetLine(*row) for row in db.execute(statement)]
