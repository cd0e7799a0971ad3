"""Who qualifies for an allocation, who is entitled, and who of them was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, exists, func, literal, literal_column, select, text, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from samoe.casework.models import CertificationLine, Enrolment
from samoe.funding.entitlements.models import Entitlement, PayeeAccount
from samoe.funding.requests.models import Allocation, AllocationGrant
from samoe.kit.problem import NotFound
from samoe.programmes.models import Benefit
from samoe.registry.models import Institution, Person
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import current

PAGE = 50


@dataclass(frozen=True, slots=True)
class Terms:
    """An allocation with what its benefit says about entitlements."""

    id: UUID
    phase_id: UUID
    group_slug: str
    benefit_id: UUID
    benefit_slug: str
    purpose: str
    stackable: bool
    subject: str
    count: int
    unit_amount: int | None
    amount: int
    available: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """What entitling everyone who qualifies would do. ``elsewhere`` have a live entitlement for the same purpose."""

    qualifying: int
    certified: int
    entitled: int
    elsewhere: int
    open: int
    amount: int
    available: int

    @property
    def short(self) -> int:
        """By how much the room is too small; 0 when it is not."""
        return max(self.amount - self.available, 0)


@dataclass(frozen=True, slots=True)
class Entitled:
    """A live entitlement in a list."""

    id: UUID
    enrolment_id: UUID
    person_id: UUID | None
    name: str
    institution: str | None
    payee_name: str
    amount: int
    certified: bool
    entitled_on: date
    sort_key: str
    institution_id: UUID | None
    payment: str | None
    """How its latest payment stands; None where there was none."""


def terms(db: Session, allocation_id: UUID) -> Terms:
    """The allocation, or ``NotFound``."""
    a = Allocation
    row = db.execute(
        select(
            a.id, a.phase_id, a.group_slug, a.benefit_id, Benefit.slug, Benefit.purpose, Benefit.stackable, a.subject,
            a.count.label("number"), a.unit_amount, a.amount, a.available,
        )
        .join(Benefit, (Benefit.tenant_id == a.tenant_id) & (Benefit.id == a.benefit_id))
        .where(a.tenant_id == current().tenant_id, a.id == allocation_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    found: tuple[Any, ...] = tuple(row)
    return Terms(*found)


def certified(enrolment_id: Any) -> ColumnElement[bool]:
    """Whether a certified list holds the enrolment in a line that is not void."""
    c = CertificationLine
    return exists(
        select(literal_column("1")).where(
            c.tenant_id == current().tenant_id, c.enrolment_id == enrolment_id, c.voided_at.is_(None)
        )
    )


def qualifying(of: Terms) -> Select[*tuple[Any, ...]]:
    """Enrolments that qualify for an allocation, with the amount each would get.

    People by the decision in force; institutions because the fund approved each by name, unless they were found
    not to qualify since.
    """
    e = Enrolment
    statement: Select[*tuple[Any, ...]] = (
        select(e, TenantGroup.slug)
        .join(TenantGroup, (TenantGroup.tenant_id == e.tenant_id) & (TenantGroup.id == e.group_id))
        .where(
            e.tenant_id == current().tenant_id, e.phase_id == of.phase_id, TenantGroup.slug == of.group_slug,
            e.closed_on.is_(None),
        )
    )  # fmt: skip
    if of.subject == "person":
        return statement.with_only_columns(e.id, literal(of.unit_amount, BigInteger).label("amount")).where(
            e.person_id.is_not(None), e.decision == "qualifies"
        )
    g = AllocationGrant
    return (
        statement.with_only_columns(e.id, g.amount)
        .join(
            g,
            (g.tenant_id == e.tenant_id) & (g.institution_id == e.subject_institution_id) & (g.allocation_id == of.id),
        )
        .where(e.decision.is_distinct_from("does_not"))
    )


def has_live(of: Terms, subject_of: Any = Enrolment) -> ColumnElement[bool]:
    """Whether the subject of an enrolment has a live entitlement that stands in the way of another."""
    n = Entitlement
    same = (n.person_id == subject_of.person_id) | (n.subject_institution_id == subject_of.subject_institution_id)
    blocks = (n.allocation_id == of.id) if of.stackable else ((n.purpose == of.purpose) & ~n.stackable)
    return exists(
        select(literal_column("1")).where(
            n.tenant_id == current().tenant_id, n.phase_id == of.phase_id, n.ended_on.is_(None), same, blocks
        )
    )


def prospect(db: Session, of: Terms) -> Prospect:
    """Count what would happen, without doing it."""
    e, n = Enrolment, Entitlement
    found = qualifying(of).subquery()
    here = exists(
        select(literal_column("1")).where(
            n.tenant_id == current().tenant_id, n.allocation_id == of.id, n.enrolment_id == e.id, n.ended_on.is_(None)
        )
    )
    blocked = has_live(of)
    row = db.execute(
        select(
            func.count().label("qualifying"), func.count().filter(certified(e.id)).label("certified"),
            func.count().filter(here).label("entitled"), func.count().filter(blocked & ~here).label("elsewhere"),
            func.count().filter(~blocked).label("open"),
            func.coalesce(func.sum(found.c.amount).filter(~blocked), 0).label("amount"),
        )
        .select_from(e)
        .join(found, found.c.id == e.id)
        .where(e.tenant_id == current().tenant_id)
    ).one()  # fmt: skip
    return Prospect(row.qualifying, row.certified, row.entitled, row.elsewhere, row.open, int(row.amount), of.available)


# Payments stand above entitlements in the room; their table is named here in text, read only.
def _entitled() -> Select[*tuple[Any, ...]]:
    n, i = Entitlement, Institution
    latest: ColumnElement[str | None] = literal_column(
        "(select y.status from payments y where y.tenant_id = entitlements.tenant_id"
        " and y.entitlement_id = entitlements.id order by y.recorded_at desc, y.id desc limit 1)"
    )
    columns: Select[*tuple[Any, ...]] = select(
        n.id, n.enrolment_id, n.person_id, _name(), i.name, n.payee_name, n.amount,
        certified(n.enrolment_id), n.entitled_on, _key(), n.institution_id, latest,
    )  # fmt: skip
    return _with_names(columns).where(n.ended_on.is_(None))


def _with_names(columns: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    n, p, i = Entitlement, Person, Institution
    return (
        columns.select_from(n)
        .outerjoin(p, (p.tenant_id == n.tenant_id) & (p.id == n.person_id))
        .outerjoin(i, (i.tenant_id == n.tenant_id) & (i.id == n.institution_id))
        .where(n.tenant_id == current().tenant_id)
    )


def _key() -> ColumnElement[str]:
    return func.coalesce(Person.sort_key, Institution.sort_key, "")


def entitled(db: Session, allocation_id: UUID, *, after: UUID | None = None, limit: int = PAGE) -> list[Entitled]:
    """Live entitlements of an allocation in dictionary order, a page at a time; ``after`` is the last one shown."""
    n, key = Entitlement, _key()
    statement = _entitled().where(n.allocation_id == allocation_id).order_by(key, n.id).limit(limit)
    if after is not None and (last := db.scalar(_with_names(select(key)).where(n.id == after))) is not None:
        statement = statement.where(tuple_(key, n.id) > (last, after))
    return [Entitled(*row) for row in db.execute(statement)]


def one(db: Session, allocation_id: UUID, entitlement_id: UUID) -> Entitled:
    """A live entitlement of an allocation, or ``NotFound``."""
    n = Entitlement
    row = db.execute(_entitled().where(n.allocation_id == allocation_id, n.id == entitlement_id)).one_or_none()
    if row is None:
        raise NotFound
    found: tuple[Any, ...] = tuple(row)
    return Entitled(*found)


@dataclass(frozen=True, slots=True)
class Spent:
    """Of an allocation: entitled, and of that in a batch or on its way, and paid; numbers and satang."""

    entitled: int
    entitled_amount: int
    moving: int
    moving_amount: int
    paid: int
    paid_amount: int


NOTHING_SPENT = Spent(0, 0, 0, 0, 0, 0)


def spent(db: Session) -> dict[UUID, Spent]:
    """How far each allocation of the current province has got."""
    rows = db.execute(_SPENT, {"tenant": current().tenant_id})
    return {row[0]: Spent(row[1], int(row[2]), row[3], int(row[4]), row[5], int(row[6])) for row in rows}


_SPENT = text("""
    select n.allocation_id, count(*), sum(n.amount),
      count(*) filter (where p.status in ('listed', 'sent')),
      coalesce(sum(n.amount) filter (where p.status in ('listed', 'sent')), 0),
      count(*) filter (where p.status = 'paid'), coalesce(sum(n.amount) filter (where p.status = 'paid'), 0)
    from entitlements n
    left join payments p on p.tenant_id = n.tenant_id and p.entitlement_id = n.id
      and p.status in ('listed', 'sent', 'paid')
    where n.tenant_id = :tenant and n.ended_on is null
    group by n.allocation_id
""")


def _name() -> ColumnElement[str]:
    """The person's name, or the institution's."""
    p = Person
    whole = func.coalesce(p.title, "") + p.first_name + " " + p.last_name
    return func.coalesce(whole, Institution.name)


def payee_account(db: Session, *, person_id: UUID | None, institution_id: UUID | None) -> PayeeAccount | None:
    """The account in force of a person or an institution."""
    a = PayeeAccount
    return db.scalar(
        select(a).where(
            a.tenant_id == current().tenant_id, a.valid_to.is_(None),
            a.person_id == person_id if person_id else a.institution_id == institution_id,
        )
    )  # fmt: skip
