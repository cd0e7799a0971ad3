"""Placing a hold and lifting it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.privacy.models import LegalHold
from samoe.registry.persons import queries as persons
from samoe.tenancy import current

SHORTEST = 10


def place(db: Session, actor: Actor, person_id: UUID, *, reason: str, on: date) -> UUID:
    """Nothing of this person is erased until the hold is lifted."""
    require(actor, Permission.PRIVACY_MANAGE)
    if len(reason.strip()) < SHORTEST:
        raise Problem("บอกเหตุที่ต้องเก็บไว้ เช่น คดีหรือการตรวจสอบ อย่างน้อย 10 ตัวอักษร", field="hold_reason")
    made = LegalHold(
        person_id=persons.get(db, person_id).id, reason=reason.strip(), placed_by=actor.membership_id, placed_on=on
    )
    db.add(made)
    db.flush()
    audit.record(db, actor, "hold_placed", "person", made.person_id, hold=str(made.id))
    return made.id


def lift(db: Session, actor: Actor, hold_id: UUID, *, on: date) -> UUID:
    """The data may go again when their time comes. Returns whose they are."""
    require(actor, Permission.PRIVACY_MANAGE)
    h = LegalHold
    done = db.execute(
        update(h)
        .where(h.tenant_id == current().tenant_id, h.id == hold_id, h.lifted_on.is_(None))
        .values(lifted_on=on, lifted_by=actor.membership_id or hold_id)
        .execution_options(synchronize_session=False)
    )
    one_row(done)
    found = db.get_one(h, (current().tenant_id, hold_id))
    db.refresh(found)
    audit.record(db, actor, "hold_lifted", "person", found.person_id, hold=str(hold_id))
    return found.person_id
