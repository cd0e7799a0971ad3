"""Appointing committees, filling seats, writing down resolutions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.committees import queries
from samoe.programmes.committees.forms import CommitteeForm, HolderForm, ResolutionForm, SeatForm
from samoe.programmes.models import Committee, Position, PositionHolder, Resolution
from samoe.programmes.saving import add, revise
from samoe.tenancy import current


def add_committee(db: Session, actor: Actor, form: CommitteeForm) -> UUID:
    """Appoint a committee; one name stands once."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    _refuse_second(db, form, None)
    return add(db, actor, "committee", Committee(**asdict(form)))


def change_committee(
    db: Session, actor: Actor, committee_id: UUID, form: CommitteeForm, seen: int | None = None
) -> None:
    """Mend what is known of a committee."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    _refuse_second(db, form, committee_id)
    revise(db, actor, "committee", queries.committee_row(db, committee_id), seen, asdict(form))


def add_seat(db: Session, actor: Actor, committee_id: UUID | None, form: SeatForm) -> UUID:
    """Add a seat to a committee, or to the programme itself (the chair)."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if committee_id is not None:
        queries.committee_row(db, committee_id)
    return add(db, actor, "position", Position(committee_id=committee_id, **asdict(form)))


def change_seat(db: Session, actor: Actor, seat_id: UUID, form: SeatForm, seen: int | None = None) -> None:
    """Mend a seat's title, organisation or rank."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    revise(db, actor, "position", queries.seat_row(db, seat_id), seen, asdict(form))


def remove_seat(db: Session, actor: Actor, seat_id: UUID) -> None:
    """Take a seat away, with who held it. What was decided stays."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    seat = queries.seat_row(db, seat_id)
    db.execute(delete(Position).where(Position.tenant_id == current().tenant_id, Position.id == seat.id))
    audit.record(db, actor, "removed", "position", seat_id)


def seat_holder(db: Session, actor: Actor, seat_id: UUID, form: HolderForm) -> UUID:
    """Say who holds a seat from a day on; whoever held it till then leaves on the day before."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    seat = queries.seat_row(db, seat_id)
    h = PositionHolder
    if form.from_on is not None:
        db.execute(
            update(h)
            .where(h.tenant_id == current().tenant_id, h.position_id == seat.id, h.to_on.is_(None))
            .values(to_on=form.from_on - timedelta(days=1))
        )
    return add(db, actor, "position_holder", h(position_id=seat.id, **asdict(form)))


def add_resolution(db: Session, actor: Actor, committee_id: UUID | None, form: ResolutionForm) -> UUID:
    """Write down what a meeting decided. Resolutions are not changed: a later one overrules."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if committee_id is not None:
        queries.committee_row(db, committee_id)
    return add(db, actor, "resolution", Resolution(committee_id=committee_id, **asdict(form)))


def _refuse_second(db: Session, form: CommitteeForm, but: UUID | None) -> None:
    if any(known.name_th == form.name_th and known.id != but for known in queries.committees(db)):
        raise Problem("มีคณะกรรมการชื่อนี้แล้ว", field="name_th")
