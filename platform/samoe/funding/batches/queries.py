"""Reading batches, their payments, sheets and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, literal_column, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from samoe.files.models import Document
from samoe.funding.batches.models import BatchSignature, Payment, PaymentBatch, PaymentEvidence
from samoe.funding.entitlements.models import Entitlement, PayeeAccount
from samoe.kit.problem import NotFound
from samoe.registry.models import Institution, Person
from samoe.tenancy import current

Columns = Select[*tuple[Any, ...]]
PAGE = 100


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch in a list."""

    id: UUID
    fiscal_year: int
    number: int
    allocation_id: UUID
    group_slug: str
    method: str
    status: str
    payments: int
    total: int
    made_by: UUID
    made_on: date
    checked_by: UUID | None
    signed_on: date | None
    settled_on: date | None

    @property
    def code(self) -> str:
        return code(self.fiscal_year, self.number)


@dataclass(frozen=True, slots=True)
class Paying:
    """A payment in a batch. ``institution`` is where its payee is met: the child's centre, or the centre itself."""

    id: UUID
    line_no: int
    entitlement_id: UUID
    person_id: UUID | None
    name: str
    institution_id: UUID | None
    institution: str | None
    payee_name: str
    amount: int
    bank_code: str | None
    account_no: str | None
    account_name: str | None
    status: str
    paid_on: date | None
    result_reason: str | None
    follows_id: UUID | None
    proofs: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is paid at one place: a list to be signed on paper."""

    institution_id: UUID | None
    institution: str | None
    payments: int
    total: int
    paid: int
    proved: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How the payments of a batch stand: number and satang of each status, and how many paid ones lack a proof."""

    number: dict[str, int]
    amount: dict[str, int]
    unproved: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A document of a batch and how many payments it proves."""

    document_id: UUID
    file_name: str
    kind: str
    payments: int
    also_in: tuple[str, ...]
    """Codes of other batches that hold a document of the same content."""


def code(fiscal_year: int, number: int) -> str:
    """What people call a batch: year and number, ``64/0003``."""
    return f"{fiscal_year % 100:02}/{number:04}"


def one(db: Session, batch_id: UUID) -> PaymentBatch:
    """The batch as it is now, or ``NotFound``."""
    found = db.scalar(
        select(PaymentBatch)
        .where(PaymentBatch.tenant_id == current().tenant_id, PaymentBatch.id == batch_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def batches(db: Session, phase_id: UUID | None = None, allocation_id: UUID | None = None) -> list[Batch]:
    """Batches of the province, the newest first."""
    b = PaymentBatch
    statement: Columns = (
        select(
            b.id, b.fiscal_year, b.number, b.allocation_id, b.group_slug, b.method, b.status, b.payments, b.total,
            b.made_by, b.made_on, b.checked_by, b.signed_on, b.settled_on,
        )
        .where(b.tenant_id == current().tenant_id)
        .order_by(b.fiscal_year.desc(), b.number.desc())
    )  # fmt: skip
    if phase_id is not None:
        statement = statement.where(b.phase_id == phase_id)
    if allocation_id is not None:
        statement = statement.where(b.allocation_id == allocation_id)
    return [Batch(*row) for row in db.execute(statement)]


def payments(
    db: Session,
    batch_id: UUID,
    *,
    institution_id: UUID | None = None,
    status: str | None = None,
    after: int = 0,
    limit: int | None = PAGE,
) -> list[Paying]:
    """Payments of a batch by line number; ``after`` is the last line number already shown."""
    p = Payment
    statement: Columns = (
        select(
            p.id, p.line_no, p.entitlement_id, p.person_id, _name(), p.institution_id, Institution.name, p.payee_name,
            p.amount, p.bank_code, p.account_no, p.account_name, p.status, p.paid_on, p.result_reason, p.follows_id,
            select(func.count()).select_from(PaymentEvidence).where(
                PaymentEvidence.tenant_id == p.tenant_id, PaymentEvidence.payment_id == p.id
            ).correlate(p).scalar_subquery(),
        )
        .outerjoin(Person, (Person.tenant_id == p.tenant_id) & (Person.id == p.person_id))
        .outerjoin(Institution, (Institution.tenant_id == p.tenant_id) & (Institution.id == p.institution_id))
        .where(p.tenant_id == current().tenant_id, p.batch_id == batch_id, p.line_no > after)
        .order_by(p.line_no)
    )  # fmt: skip
    if institution_id is not None:
        statement = statement.where(p.institution_id == institution_id)
    if status is not None:
        statement = statement.where(p.status == status)
    if limit is not None:
        statement = statement.limit(limit)
    return [Paying(*row) for row in db.execute(statement)]


def _name() -> ColumnElement[str]:
    whole = func.coalesce(Person.title, "") + Person.first_name + " " + Person.last_name
    return func.coalesce(whole, Institution.name, "")


def sheets(db: Session, batch_id: UUID) -> list[Sheet]:
    """The places of a batch, in dictionary order, with what is paid and proved at each."""
    p = Payment
    paid = p.status == "paid"
    statement: Columns = (
        select(
            p.institution_id, Institution.name, func.count(), func.sum(p.amount), func.count().filter(paid),
            func.count().filter(paid & _proved()), func.count().filter(p.status == "sent"),
        )
        .outerjoin(Institution, (Institution.tenant_id == p.tenant_id) & (Institution.id == p.institution_id))
        .where(p.tenant_id == current().tenant_id, p.batch_id == batch_id)
        .group_by(p.institution_id, Institution.name, Institution.sort_key)
        .order_by(Institution.sort_key, p.institution_id)
    )  # fmt: skip
    return [Sheet(row[0], row[1], row[2], int(row[3]), *row[4:]) for row in db.execute(statement)]


@dataclass(frozen=True, slots=True)
class Signature:
    signed_by: UUID
    signed_on: date


def signatures(db: Session, batch_id: UUID) -> list[Signature]:
    """Who has signed a batch, the first first."""
    g = BatchSignature
    rows = db.execute(
        select(g.signed_by, g.signed_on)
        .where(g.tenant_id == current().tenant_id, g.batch_id == batch_id)
        .order_by(g.recorded_at, g.id)
    )
    return [Signature(*row) for row in rows]


def counts(db: Session, batch_id: UUID) -> Counts:
    p = Payment
    rows = db.execute(
        select(
            p.status, func.count(), func.sum(p.amount), func.count().filter((p.status == "paid") & ~_proved())
        )
        .where(p.tenant_id == current().tenant_id, p.batch_id == batch_id)
        .group_by(p.status)
    ).all()  # fmt: skip
    return Counts({row[0]: row[1] for row in rows}, {row[0]: int(row[2]) for row in rows}, sum(row[3] for row in rows))


def _proved() -> ColumnElement[bool]:
    v = PaymentEvidence
    return exists(select(literal_column("1")).where(v.tenant_id == Payment.tenant_id, v.payment_id == Payment.id))


def proofs(db: Session, batch_id: UUID) -> list[Proof]:
    """The documents of a batch. One that is also a proof of another batch names it: a receipt is used once."""
    v, d = PaymentEvidence, Document
    rows = db.execute(
        select(d.id, d.file_name, v.kind, func.count(), d.sha256)
        .join(v, (v.tenant_id == d.tenant_id) & (v.document_id == d.id))
        .where(d.tenant_id == current().tenant_id, v.batch_id == batch_id)
        .group_by(d.id, d.file_name, v.kind, d.sha256)
        .order_by(d.file_name, d.id)
    ).all()
    return [Proof(row[0], row[1], row[2], row[3], used_in(db, row[4], but=batch_id)) for row in rows]


def used_in(db: Session, sha256: str, *, but: UUID) -> tuple[str, ...]:
    """Codes of other batches in which a document of this content proves something."""
    v, d, b = PaymentEvidence, Document, PaymentBatch
    rows = db.execute(
        select(b.fiscal_year, b.number)
        .join(v, (v.tenant_id == b.tenant_id) & (v.batch_id == b.id))
        .join(d, (d.tenant_id == v.tenant_id) & (d.id == v.document_id))
        .where(b.tenant_id == current().tenant_id, d.sha256 == sha256, b.id != but)
        .distinct()
        .order_by(b.fiscal_year, b.number)
    )
    return tuple(code(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Payable:
    """Entitlements of an allocation that have no live payment, by place."""

    institution_id: UUID | None
    institution: str | None
    count: int
    amount: int
    with_account: int


def payable(db: Session, allocation_id: UUID) -> list[Payable]:
    """What can be put into a new batch, by place in dictionary order."""
    n, i, a = Entitlement, Institution, PayeeAccount
    has_account = exists(
        select(literal_column("1")).where(
            a.tenant_id == n.tenant_id, a.valid_to.is_(None),
            (a.person_id == n.person_id) | (a.institution_id == n.subject_institution_id),
        )
    )  # fmt: skip
    statement: Columns = (
        select(
            n.institution_id, i.name, func.count(), func.sum(n.amount), func.count().filter(has_account)
        )
        .outerjoin(i, (i.tenant_id == n.tenant_id) & (i.id == n.institution_id))
        .where(n.tenant_id == current().tenant_id, n.allocation_id == allocation_id, unpaid())
        .group_by(n.institution_id, i.name, i.sort_key)
        .order_by(i.sort_key, n.institution_id)
    )  # fmt: skip
    return [Payable(row[0], row[1], row[2], int(row[3]), row[4]) for row in db.execute(statement)]


def unpaid() -> ColumnElement[bool]:
    """An entitlement that is live and has no live payment."""
    live = exists(
        select(literal_column("1")).where(
            Payment.tenant_id == Entitlement.tenant_id, Payment.entitlement_id == Entitlement.id,
            Payment.status.in_(("listed", "sent", "paid")),
        )
    )  # fmt: skip
    return Entitlement.ended_on.is_(None) & ~live
