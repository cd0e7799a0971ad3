"""Committees, their seats, and what they decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.programmes.models import Committee, Position, PositionHolder, Resolution
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a seat, from and to a day; ``acting`` is รักษาราชการแทน."""

    id: UUID
    name: str
    acting: bool
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a committee, or of the programme itself where it belongs to no committee."""

    id: UUID
    committee_id: UUID | None
    title_th: str
    title_en: str
    organisation_th: str | None
    organisation_en: str | None
    rank: int
    row_version: int
    holders: tuple[Holder, ...] = ()

    def holder_on(self, day: date) -> Holder | None:
        """Who holds the seat on a day, the latest to come first."""
        held = [
            h for h in self.holders if (h.from_on is None or h.from_on <= day) and (h.to_on is None or day <= h.to_on)
        ]
        return held[-1] if held else None


@dataclass(frozen=True, slots=True)
class CommitteeSeats:
    """A committee with its seats by rank."""

    id: UUID
    name_th: str
    name_en: str
    appointed_by_th: str | None
    appointed_by_en: str | None
    announced_on: date | None
    row_version: int
    document_id: UUID | None
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A resolution (มติ) of a meeting."""

    id: UUID
    committee_id: UUID | None
    body: str
    meeting_no: str
    held_on: date
    decision: str


def seats(db: Session) -> tuple[Seat, ...]:
    """Every seat with everyone who held it."""
    p, h = Position, PositionHolder
    held: dict[UUID, list[Holder]] = {}
    for row in db.execute(
        select(h.position_id, h.id, h.name, h.acting, h.from_on, h.to_on)
        .where(h.tenant_id == current().tenant_id)
        .order_by(h.from_on.nulls_first(), h.recorded_at)
    ):
        held.setdefault(row.position_id, []).append(Holder(*row[1:]))
    rows = db.execute(
        select(
            p.id, p.committee_id, p.title_th, p.title_en, p.organisation_th, p.organisation_en, p.rank, p.row_version
        )
        .where(p.tenant_id == current().tenant_id)
        .order_by(p.rank, p.recorded_at)
    )
    return tuple(Seat(*row, holders=tuple(held.get(row.id, ()))) for row in rows)


def committees(db: Session) -> tuple[CommitteeSeats, ...]:
    """Every committee, the first appointed first."""
    c, all_seats = Committee, seats(db)
    rows = db.execute(
        select(
            c.id,
            c.name_th,
            c.name_en,
            c.appointed_by_th,
            c.appointed_by_en,
            c.announced_on,
            c.row_version,
            c.document_id,
        )
        .where(c.tenant_id == current().tenant_id)
        .order_by(c.announced_on.nulls_first(), c.recorded_at)
    )
    return tuple(CommitteeSeats(*row, tuple(seat for seat in all_seats if seat.committee_id == row.id)) for row in rows)


def resolutions(db: Session) -> tuple[Decision, ...]:
    """Every resolution, the latest first."""
    r = Resolution
    rows = db.execute(
        select(r.id, r.committee_id, r.body, r.meeting_no, r.held_on, r.decision)
        .where(r.tenant_id == current().tenant_id)
        .order_by(r.held_on.desc(), r.recorded_at.desc())
    )
    return tuple(Decision(*row) for row in rows)


def committee_row(db: Session, committee_id: UUID) -> Committee:
    """The row of a committee, or ``NotFound``."""
    found = db.get(Committee, (current().tenant_id, committee_id))
    if found is None:
        raise NotFound
    return found


def seat_row(db: Session, seat_id: UUID) -> Position:
    """The row of a seat, or ``NotFound``."""
    found = db.get(Position, (current().tenant_id, seat_id))
    if found is None:
        raise NotFound
    return found
