"""Which phases there are, and which one a day falls in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from samoe.kit.periods import Period, phase_quarter, phase_quarters
from samoe.kit.problem import NotFound
from samoe.programmes.models import Phase
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """A phase: its number, its days (both included), and the phase whose open work it takes over.

    ``dates_confirmed`` is false while the days are the round's and nobody of the province has confirmed them.
    """

    id: UUID
    number: int
    starts_on: date
    ends_on: date
    dates_confirmed: bool
    predecessor_id: UUID | None
    predecessor_number: int | None
    closed_at: datetime | None
    row_version: int
    signatories: int = 2

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day <= self.ends_on

    @property
    def quarters(self) -> list[Period]:
        return phase_quarters(self.starts_on, self.ends_on)

    def quarter(self, day: date) -> int | None:
        """Which quarter of the phase a day falls in, from 1; None outside the phase."""
        return phase_quarter(self.starts_on, self.ends_on, day)


def _select() -> Select[*tuple[Any, ...]]:
    p, before = Phase, aliased(Phase)
    return (
        select(
            p.id, p.number, p.starts_on, p.ends_on, p.dates_confirmed, p.predecessor_id, before.number, p.closed_at,
            p.row_version, p.signatories,
        )
        .outerjoin(before, (before.tenant_id == p.tenant_id) & (before.id == p.predecessor_id))
        .where(p.tenant_id == current().tenant_id)
    )  # fmt: skip


def phases(db: Session) -> tuple[PhaseDays, ...]:
    """Every phase, the latest first."""
    return tuple(PhaseDays(*row) for row in db.execute(_select().order_by(Phase.number.desc())))


def current_phase(db: Session, day: date) -> PhaseDays | None:
    """The phase that a day falls in; between phases the one before; before all of them the first to come."""
    known = phases(db)
    begun = [phase for phase in known if phase.starts_on <= day]
    if begun:
        return next((phase for phase in begun if day in phase), begun[0])
    return known[-1] if known else None


def phase_numbered(db: Session, number: int) -> PhaseDays:
    """The phase with this number, or ``NotFound``."""
    return _one(db, _select().where(Phase.number == number))


def phase(db: Session, phase_id: UUID) -> PhaseDays:
    """The phase with this id, or ``NotFound``."""
    return _one(db, _select().where(Phase.id == phase_id))


def row(db: Session, phase_id: UUID) -> Phase:
    """The row of a phase, to be changed."""
    return db.get_one(Phase, (current().tenant_id, phase_id))


def _one(db: Session, query: Select[*tuple[Any, ...]]) -> PhaseDays:
    found = db.execute(query).one_or_none()
    if found is None:
        raise NotFound("ไม่พบระยะนี้ ดูระยะทั้งหมดที่หน้าโครงการ")
    return PhaseDays(*found)
