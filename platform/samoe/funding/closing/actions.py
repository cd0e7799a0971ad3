"""Closing a phase, where nothing stands against it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.casework.path import carrying
from samoe.casework.path.carrying import CarriedOver
from samoe.funding.closing.queries import check
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.phases.queries import phase, phases


def close_phase(db: Session, actor: Actor, phase_id: UUID, next_phase_id: UUID, *, today: date) -> CarriedOver:
    """Close a phase and carry what is open into the next. Raises ``Problems`` naming all that stands against it."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    wanted = phase(db, phase_id)
    if wanted.closed_at is not None:
        raise Conflict("ระยะนี้ปิดไปแล้ว")
    if against := check(db, wanted, phases(db), today).blocking:
        raise Problems([Problem("ยังปิดไม่ได้: %(what)s", what=one.text) for one in against])
    return carrying.close_phase(db, actor, phase_id, next_phase_id)
