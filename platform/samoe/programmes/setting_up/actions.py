"""Putting a phase in force once nothing blocks it, and saying that one has looked at a task."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.table import new_id
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem, Problems
from samoe.programmes.models import SETUP_TASKS, PhaseLook
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases.queries import phase
from samoe.programmes.setting_up.facts import facts
from samoe.programmes.setting_up.tasks import blocking, tasks


def publish(db: Session, actor: Actor, phase_id: UUID, *, today: date) -> None:
    """Put a phase in force. Raises ``Problems`` naming all that blocks it."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    wanted = phase(db, phase_id)
    if wanted.closed_at is not None:
        raise Problem("ระยะนี้ปิดแล้ว ประกาศใช้ไม่ได้")
    if lacks := blocking(tasks(facts(db, wanted, today))):
        raise Problems([Problem("ยังขาด: %(what)s", what=lack.text) for lack in lacks])
    phases.publish_phase(db, actor, phase_id)


def look(db: Session, actor: Actor, phase_id: UUID, task: str, *, note: str, on: date) -> None:
    """Say that a task was looked at and left for now; saying so again changes the note."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    known = phase(db, phase_id)
    if task not in SETUP_TASKS:
        raise Problem("ไม่มีงานนี้ในรายการตั้งค่าระยะ")
    said = {"note": note or None, "looked_by": actor.membership_id, "looked_on": on}
    values = {"id": new_id(), "phase_id": known.id, "task": task, **said}
    once = ["tenant_id", "phase_id", "task"]
    db.execute(insert(PhaseLook).values(**values).on_conflict_do_update(index_elements=once, set_=said))
    audit.record(db, actor, "looked", "phase", known.id, number=known.number, task=task)
