"""Saying that two records are of different persons. Making them one is casework's: ``samoe.casework.merging``."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.registry.duplicates import queries
from samoe.registry.models import DuplicateCandidate
from samoe.tenancy import current

SHORTEST_REASON = 5
DECIDED = "มีคนตัดสินคู่นี้แล้ว เปิดหน้านี้ใหม่เพื่อดูว่าใครตัดสินว่าอย่างไร"


def reasoned(reason: str) -> str:
    """The reason as it is kept. Raises ``Problem`` for one that says nothing."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise Problem("บอกเหตุผลที่ตัดสินเช่นนี้ อย่างน้อย 5 ตัวอักษร", field="reason")
    return reason.strip()


def different(db: Session, actor: Actor, candidate_id: UUID, reason: str) -> None:
    """The two are not the same person. The pair is not put before anybody again."""
    require(actor, Permission.PERSON_MERGE)
    found, said = queries.pair(db, candidate_id), reasoned(reason)
    decide(db, actor, candidate_id, "different", said, seen="open")
    audit.record(
        db, actor, "set_apart", "person", found.first.id, reason=said, other=str(found.second.id)
    )  # fmt: skip


def decide(db: Session, actor: Actor, candidate_id: UUID, state: str, reason: str, *, seen: str) -> None:
    """Move a pair on. ``Conflict`` where somebody else decided since it was seen."""
    d = DuplicateCandidate
    done = db.execute(
        update(d)
        .where(d.tenant_id == current().tenant_id, d.id == candidate_id, d.state == seen)
        .values(state=state, decided_by=actor.membership_id, decided_at=func.now(), decided_reason=reason)
        .execution_options(synchronize_session=False)
    )
    one_row(done, DECIDED)
