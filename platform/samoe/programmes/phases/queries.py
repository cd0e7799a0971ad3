"""Which phases there are, and which one a day falls in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from samoe.kit.periods import Period, phase_quarter, phase_quarters
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.models import Phase
from samoe.tenancy import current

CLOSED = "ระยะที่ %(n)s ปิดแล้ว เพิ่มหรือแก้รายการในระยะนั้นไม่ได้ ทำในระยะที่เปิดอยู่ หรือเปิดระยะนั้นอีกครั้งพร้อมเหตุผล"


@dataclass(frozen=True, slots=True)
class PhaseDays:
    """A phase: its number, its days (both included), and the phase whose open work it takes over.

    ``dates_confirmed`` is false while the days are the round's and nobody of the province has confirmed them.
    ``published_at`` is None while it is being set up.
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
    published_at: datetime | None = None
    published_by: UUID | None = None
    reopened_at: datetime | None = None
    reopened_reason: str | None = None

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day <= self.ends_on

    @property
    def quarters(self) -> list[Period]:
        return phase_quarters(self.starts_on, self.ends_on)

    def quarter(self, day: date) -> int | None:
        """Which quarter of the phase a day falls in, from 1; None outside the phase."""
        return phase_quarter(self.starts_on, self.ends_on, day)


# Asked by nearly every page: put together once, of tables and not of mapped classes, which cost more than the answer.
_PHASE = Phase.__table__
_BEFORE = _PHASE.alias("before")
_PHASES: Select[*tuple[Any, ...]] = (
    select(
        _PHASE.c.id, _PHASE.c.number, _PHASE.c.starts_on, _PHASE.c.ends_on, _PHASE.c.dates_confirmed,
        _PHASE.c.predecessor_id, _BEFORE.c.number, _PHASE.c.closed_at, _PHASE.c.row_version,
        _PHASE.c.signatories, _PHASE.c.published_at, _PHASE.c.published_by, _PHASE.c.reopened_at,
        _PHASE.c.reopened_reason,
    )
    .outerjoin_from(
        _PHASE, _BEFORE, (_BEFORE.c.tenant_id == _PHASE.c.tenant_id) & (_BEFORE.c.id == _PHASE.c.predecessor_id)
    )
    .where(_PHASE.c.tenant_id == bindparam("tenant"))
)  # fmt: skip
_LATEST_FIRST = _PHASES.order_by(_PHASE.c.number.desc())


def phases(db: Session) -> tuple[PhaseDays, ...]:
    """Every phase, the latest first."""
    return tuple(PhaseDays(*row) for row in db.execute(_LATEST_FIRST, {"tenant": current().tenant_id}))


def current_phase(db: Session, day: date) -> PhaseDays | None:
    """The phase that a day falls in; between phases the one before; before all of them the first to come."""
    known = phases(db)
    begun = [phase for phase in known if phase.starts_on <= day]
    if begun:
        return next((phase for phase in begun if day in phase), begun[0])
    return known[-1] if known else None


def phase_numbered(db: Session, number: int) -> PhaseDays:
    """The phase with this number, or ``NotFound``."""
    return _one(db, _PHASES.where(_PHASE.c.number == number))


def phase(db: Session, phase_id: UUID) -> PhaseDays:
    """The phase with this id, or ``NotFound``."""
    return _one(db, _PHASES.where(_PHASE.c.id == phase_id))


def row(db: Session, phase_id: UUID) -> Phase:
    """The row of a phase, to be changed."""
    return db.get_one(Phase, (current().tenant_id, phase_id))


def _one(db: Session, query: Select[*tuple[Any, ...]]) -> PhaseDays:
    found = db.execute(query, {"tenant": current().tenant_id}).one_or_none()
    if found is None:
        raise NotFound("ไม่พบระยะนี้ ดูระยะทั้งหมดที่หน้าโครงการ")
    return PhaseDays(*found)


def hold_open(db: Session, phase_id: UUID) -> None:
    """Keep a phase from being closed until this transaction ends. ``Problem`` where it is closed already."""
    p = Phase
    found = db.execute(
        select(p.number, p.closed_at)
        .where(p.tenant_id == current().tenant_id, p.id == phase_id)
        .with_for_update(read=True)
    ).one_or_none()  # fmt: skip
    if found is None or found.closed_at is not None:
        raise Problem(CLOSED, n=found.number if found else "")
