"""Reading one's own notices."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.identity.actor import Actor
from samoe.identity.notices.models import Notice
from samoe.kit.problem import NotFound
from samoe.tenancy import current

PAGE = 50
MOST = 99
"""More than so many unread ones are not counted: the number is a hint."""


def unread(db: Session, actor: Actor) -> int:
    """How many of the actor's notices in this tenant are unread."""
    n = Notice
    some = select(n.id).where(n.tenant_id == current().tenant_id, n.account_id == actor.account_id, n.read_at.is_(None))
    return db.scalar(select(func.count()).select_from(some.limit(MOST).subquery())) or 0


def notices(db: Session, actor: Actor, before: UUID | None = None, limit: int = PAGE) -> Sequence[Notice]:
    """The actor's notices in this tenant, the latest first."""
    n = Notice
    query = select(n).where(n.tenant_id == current().tenant_id, n.account_id == actor.account_id)
    if before is not None:
        query = query.where(n.id < before)
    return db.scalars(query.order_by(n.id.desc()).limit(limit)).all()


def one(db: Session, actor: Actor, notice_id: UUID) -> Notice:
    """One notice of the actor's. Raises ``NotFound`` for another's."""
    found = db.get(Notice, (current().tenant_id, notice_id))
    if found is None or found.account_id != actor.account_id:
        raise NotFound
    return found
