"""The names of those who acted, for pages that say who holds a thing now."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.identity.models import Account


def names(db: Session, *ids: UUID | None) -> dict[UUID, str]:
    """The shown name of each account, by id."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = db.execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
