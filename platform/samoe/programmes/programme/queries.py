"""What the programme is called and who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.programmes.models import LeadOrganisation, Programme
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class ProgrammeName:
    """The programme of a province; ``since_year`` is a C.E. year."""

    id: UUID
    name_th: str
    name_en: str
    since_year: int | None
    row_version: int


@dataclass(frozen=True, slots=True)
class Lead:
    """An organisation that leads the programme, from and to a day."""

    id: UUID
    name_th: str
    name_en: str
    kind: str
    from_on: date | None
    to_on: date | None
    row_version: int


def programme(db: Session) -> ProgrammeName | None:
    """The programme, or None before it was set up."""
    p = Programme
    row = db.execute(
        select(p.id, p.name_th, p.name_en, p.since_year, p.row_version)
        .where(p.tenant_id == current().tenant_id)
        .order_by(p.recorded_at)
        .limit(1)
    ).one_or_none()
    return ProgrammeName(*row) if row else None


def leads(db: Session) -> tuple[Lead, ...]:
    """Every lead organisation, the latest first."""
    o = LeadOrganisation
    rows = db.execute(
        select(o.id, o.name_th, o.name_en, o.kind, o.from_on, o.to_on, o.row_version)
        .where(o.tenant_id == current().tenant_id)
        .order_by(o.from_on.desc().nulls_last(), o.recorded_at.desc())
    )
    return tuple(Lead(*row) for row in rows)


def lead_on(db: Session, day: date) -> Lead | None:
    """Who led the programme on a day."""
    for lead in leads(db):
        if (lead.from_on is None or lead.from_on <= day) and (lead.to_on is None or day <= lead.to_on):
            return lead
    return None


def lead(db: Session, lead_id: UUID) -> LeadOrganisation:
    """One lead organisation, or ``NotFound``."""
    found = db.get(LeadOrganisation, (current().tenant_id, lead_id))
    if found is None:
        raise NotFound
    return found


def overlapping(db: Session, from_on: date | None, to_on: date | None, but: UUID | None) -> Lead | None:
    """Another lead organisation whose days meet these."""
    o = LeadOrganisation
    query = select(o.id, o.name_th, o.name_en, o.kind, o.from_on, o.to_on, o.row_version).where(
        o.tenant_id == current().tenant_id, o.id != but if but else o.id.is_not(None)
    )
    if to_on is not None:
        query = query.where(or_(o.from_on.is_(None), o.from_on <= to_on))
    if from_on is not None:
        query = query.where(or_(o.to_on.is_(None), o.to_on >= from_on))
    row = db.execute(query.limit(1)).one_or_none()
    return Lead(*row) if row else None
