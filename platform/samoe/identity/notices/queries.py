"""Reading one's own notices."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from samoe.identity.actor import Actor
from samoe.identity.notices.models import Notice
from samoe.kit.problem import NotFound
from samoe.tenancy import current

PAGE = 50
MOST = 99
"""More than so many unread ones are not counted: the number is a hint."""


# Asked by the bell of every page: written once, of the table and not of the mapped class.
_NOTICE = Notice.__table__.c
_UNREAD = select(func.count()).select_from(
    select(_NOTICE.id)
    .where(
        _NOTICE.tenant_id == bindparam("tenant"),
        _NOTICE.account_id == bindparam("account"),
        _NOTICE.read_at.is_(None),
    )
    .limit(MOST)
    .subquery()
)


def unread(db: Session, actor: Actor) -> int:
    """How many of the actor's notices in this tenant are unread."""
    return db.execute(_UNREAD, {"tenant": current().tenant_id, "account": actor.account_id}).scalar_one()


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
