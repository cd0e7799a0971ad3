"""Copying a phase into another."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.copying.plan import Plan, plan
from samoe.programmes.phases.queries import phase

LEAST, MOST = 1, 500
"""Between which percentages targets are copied."""


def copy_phase(db: Session, actor: Actor, source_id: UUID, into_id: UUID, *, percent: int = 100) -> Plan:
    """Write what the other phase has and this one has not; what was done, and what was left."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    source, into = phase(db, source_id), phase(db, into_id)
    if source.id == into.id:
        raise Problem("เลือกระยะอื่นที่จะคัดลอกมา", field="source")
    if into.closed_at is not None:
        raise Problem("ระยะนี้ปิดแล้ว คัดลอกลงไม่ได้")
    if not LEAST <= percent <= MOST:
        raise Problem("กรอกร้อยละ %(least)s ถึง %(most)s", field="percent", least=LEAST, most=MOST)
    done = plan(db, source, into, percent)
    for step in done.copied:
        step.write(db, actor)
    audit.record(db, actor, "copied", "phase", into.id, number=into.number, origin=source.number, n=len(done.copied))
    return done
