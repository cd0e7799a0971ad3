"""Opening, mending and closing phases."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.i18n import current_locale
from samoe.identity import Actor, Permission, require
from samoe.kit import be_format
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.models import Phase
from samoe.programmes.phases import queries
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.programme.queries import programme
from samoe.programmes.saving import add, revise
from samoe.tenancy.rows import change


def open_phase(db: Session, actor: Actor, form: PhaseForm) -> UUID:
    """Open a phase, to be set up and then published. Its days may not meet those of another."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    belongs = programme(db)
    if belongs is None:
        raise Problem("ยังไม่มีโครงการ ตั้งชื่อโครงการก่อนแล้วจึงเปิดระยะ")
    values = _checked(db, form, None)
    return add(db, actor, "phase", Phase(programme_id=belongs.id, **values))


def change_phase(db: Session, actor: Actor, phase_id: UUID, form: PhaseForm, seen: int | None = None) -> None:
    """Mend a phase's number, days or predecessor. A closed phase stays as it is."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if queries.phase(db, phase_id).closed_at is not None:
        raise Problem("ระยะนี้ปิดแล้ว แก้ไม่ได้")
    revise(db, actor, "phase", queries.row(db, phase_id), seen, _checked(db, form, phase_id))


def close_phase(db: Session, actor: Actor, phase_id: UUID) -> None:
    """Close a phase. Carrying over what is open is the business of casework, which calls this."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    phase = queries.phase(db, phase_id)
    if phase.closed_at is not None:
        raise Conflict("ระยะนี้ปิดไปแล้ว")
    change(db, Phase, phase_id, phase.row_version, closed_at=func.now())
    audit.record(db, actor, "closed", "phase", phase_id)


def publish_phase(db: Session, actor: Actor, phase_id: UUID) -> None:
    """Put a phase in force. Whether it is set up is asked by who calls this: ``setting_up``, or a province's file."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    phase = queries.phase(db, phase_id)
    if phase.published_at is not None:
        raise Conflict("ระยะนี้ประกาศใช้ไปแล้ว")
    change(db, Phase, phase_id, phase.row_version, published_at=func.now(), published_by=actor.membership_id)
    audit.record(db, actor, "published", "phase", phase_id, number=phase.number)


def reopen_phase(db: Session, actor: Actor, phase_id: UUID, *, reason: str) -> None:
    """Open a closed phase again. What was carried on from it stays where it went: closing again carries on the rest."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    phase = queries.phase(db, phase_id)
    if phase.closed_at is None:
        raise Conflict("ระยะนี้เปิดอยู่แล้ว")
    if not reason:
        raise Problem("บอกเหตุผลที่เปิดระยะนี้อีกครั้ง", field="reason")
    values = {"closed_at": None, "reopened_at": func.now(), "reopened_reason": reason}
    change(db, Phase, phase_id, phase.row_version, **values)
    audit.record(db, actor, "reopened", "phase", phase_id, reason=reason)


def _checked(db: Session, form: PhaseForm, but: UUID | None) -> dict[str, Any]:
    others = [phase for phase in queries.phases(db) if phase.id != but]
    before = None
    for other in others:
        if other.number == form.number:
            raise Problem("มีระยะที่ %(number)s แล้ว ใช้เลขอื่น", field="number", number=form.number)
        if other.number == form.predecessor_number:
            before = other
        if other.starts_on <= form.ends_on and form.starts_on <= other.ends_on:
            raise Problem(
                "วันซ้อนกับระยะที่ %(number)s (%(days)s) แก้วันเริ่มหรือวันสิ้นสุด", field="starts_on",
                number=other.number, days=be_format.span(other.starts_on, other.ends_on, current_locale()),
            )  # fmt: skip
    if form.predecessor_number and before is None:
        raise Problem("ไม่มีระยะที่ %(number)s", field="predecessor", number=form.predecessor_number)
    if before and before.ends_on >= form.starts_on:
        raise Problem("ระยะก่อนหน้าต้องสิ้นสุดก่อนวันเริ่มระยะนี้", field="predecessor")
    return {
        "number": form.number, "starts_on": form.starts_on, "ends_on": form.ends_on,
        "predecessor_id": before.id if before else None, "dates_confirmed": form.dates_confirmed,
        **({"signatories": form.signatories} if form.signatories else {}),
    }  # fmt: skip
