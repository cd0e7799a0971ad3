"""The figures of money that reports and ``samoe figures`` show. None where there is nothing to count, never 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from samoe.funding.batches.models import Payment
from samoe.funding.entitlements.models import Entitlement
from samoe.programmes.models import Benefit
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many got something, and the total, the least and the most that one got, in satang."""

    recipients: int
    total: int
    least: int
    most: int


def paid(db: Session, phase_id: UUID, group_slug: str, benefit: str | None = None) -> Amounts | None:
    """What reached people or institutions of a group in a phase: of one benefit, or of all. None before any payment."""
    p = Payment
    return _amounts(
        db,
        _of(p, phase_id, group_slug, benefit).where(p.status == "paid"),
        func.coalesce(p.person_id, p.subject_institution_id),
        p.amount,
    )


def granted(db: Session, phase_id: UUID, group_slug: str, benefit: str | None = None) -> Amounts | None:
    """What people or institutions of a group were granted, paid already or not."""
    n = Entitlement
    return _amounts(
        db,
        _of(n, phase_id, group_slug, benefit).where(n.ended_on.is_(None)),
        func.coalesce(n.person_id, n.subject_institution_id),
        n.amount,
    )


def paid_by_district(db: Session, phase_id: UUID, group_slug: str) -> dict[str, Amounts]:
    """The same as ``paid``, by the district in which each was when entitled."""
    p = Payment
    district = func.left(func.coalesce(p.event_area_code, ""), 4)
    subject = func.coalesce(p.person_id, p.subject_institution_id)
    rows = db.execute(
        select(
            district, func.count(subject.distinct()), func.sum(p.amount), func.min(p.amount), func.max(p.amount)
        )
        .where(
            p.tenant_id == current().tenant_id, p.phase_id == phase_id, p.group_slug == group_slug, p.status == "paid"
        )
        .group_by(district)
        .order_by(district)
    )  # fmt: skip
    return {row[0]: Amounts(row[1], int(row[2]), row[3], row[4]) for row in rows}


def _of(table: Any, phase_id: UUID, group_slug: str, benefit: str | None) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = select(table.id).where(
        table.tenant_id == current().tenant_id, table.phase_id == phase_id, table.group_slug == group_slug
    )
    if benefit is not None:
        statement = statement.join(
            Benefit, (Benefit.tenant_id == table.tenant_id) & (Benefit.id == table.benefit_id)
        ).where(Benefit.slug == benefit)
    return statement


def _amounts(db: Session, statement: Select[*tuple[Any, ...]], subject: Any, amount: Any) -> Amounts | None:
    count, total, least, most = db.execute(
        statement.with_only_columns(
            func.count(subject.distinct()), func.sum(amount), func.min(amount), func.max(amount)
        )
    ).one()
    return Amounts(count, int(total), least, most) if count else None
