"""Writing notices, and having read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.identity.actor import Actor
from samoe.identity.models import Membership
from samoe.identity.notices.models import Notice
from samoe.tenancy import current


def tell(
    db: Session, kind: str, subject_id: UUID, *, accounts: Iterable[UUID | None], but: UUID | None = None,
    **params: int | str,
) -> None:  # fmt: skip
    """Tell these accounts, each once, in the tenant of the moment. ``but`` is whoever did it and knows.

    ``params`` must hold counts and numbers of papers only, never names or identity numbers.
    """
    rows: list[dict[str, Any]] = [
        {"id": new_id(), "tenant_id": current().tenant_id, "account_id": account, "kind": kind,
         "subject_id": subject_id, "params": params}
        for account in dict.fromkeys(accounts)
        if account is not None and account != but
    ]  # fmt: skip
    if rows:
        # Core, without RETURNING: what is written is for others to read.
        db.execute(insert(Notice.__table__).inline(), rows)  # type: ignore[arg-type]


def account_of(db: Session, membership_id: UUID | None) -> UUID | None:
    """Whose membership it is."""
    if membership_id is None:
        return None
    m = Membership
    return db.scalar(select(m.account_id).where(m.tenant_id == current().tenant_id, m.id == membership_id))


def read(db: Session, actor: Actor, notice_id: UUID | None = None) -> None:
    """Have read one notice, or all of them. Those of others are out of reach."""
    if actor.national:  # nothing is told to the fund yet, and its role marks nothing as read
        return
    n = Notice
    mine = [n.tenant_id == current().tenant_id, n.account_id == actor.account_id, n.read_at.is_(None)]
    if notice_id is not None:
        mine.append(n.id == notice_id)
    db.execute(update(n).where(*mine).values(read_at=func.now()).execution_options(synchronize_session=False))
