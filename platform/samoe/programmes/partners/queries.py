"""Partner organisations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.programmes.models import PartnerOrg
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that works with the programme. ``district_codes`` of None is the whole province."""

    id: UUID
    name_th: str
    name_en: str
    kind: str
    district_codes: tuple[str, ...] | None
    from_on: date | None
    to_on: date | None
    row_version: int

    def works_on(self, day: date) -> bool:
        """Whether it works with the programme on a day."""
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


def partners(db: Session) -> tuple[Partner, ...]:
    """Every partner, in the order of entry."""
    p = PartnerOrg
    rows = db.execute(
        select(p.id, p.name_th, p.name_en, p.kind, p.district_codes, p.from_on, p.to_on, p.row_version)
        .where(p.tenant_id == current().tenant_id)
        .order_by(p.recorded_at, p.id)
    )
    return tuple(
        Partner(*row[:4], None if row.district_codes is None else tuple(row.district_codes), *row[5:]) for row in rows
    )


def row(db: Session, partner_id: UUID) -> PartnerOrg:
    """The row of a partner, or ``NotFound``."""
    found = db.get(PartnerOrg, (current().tenant_id, partner_id))
    if found is None:
        raise NotFound
    return found


def name_taken(db: Session, name_th: str, but: UUID | None) -> bool:
    """Whether another partner has this name."""
    return any(partner.name_th == name_th and partner.id != but for partner in partners(db))
