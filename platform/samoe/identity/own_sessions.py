"""The sessions of one account, which its owner may look through and end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.identity.actor import Actor
from samoe.identity.memberships import as_account
from samoe.identity.roles import role_name
from samoe.kit.devices import device

# A session is named to its owner by the first part of its hash: the token itself is known to the browser only.
_LIST = text(
    "select substr(s.token_hash, 1, 16) as mark, s.created_at, s.last_seen_at, s.user_agent, m.role,"
    " t.name_th, t.name_en, s.token_hash = :current as is_current"
    " from sessions s join memberships m on m.tenant_id = s.tenant_id and m.id = s.membership_id"
    " join tenants t on t.id = s.tenant_id"
    " where s.account_id = :account and s.ended_at is null and s.last_seen_at > now() - interval '30 minutes'"
    " and s.created_at > now() - interval '12 hours' order by s.last_seen_at desc"
)
_END = text(
    "update sessions set ended_at = now() where account_id = :account and ended_at is null"
    " and substr(token_hash, 1, 16) = :mark"
)
_END_OTHERS = text(
    "update sessions set ended_at = now() where account_id = :account and ended_at is null and token_hash <> :current"
)
_SWEEP = text("delete from sessions where account_id = :account and created_at < now() - interval '30 days'")


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A place where the account is signed in."""

    mark: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    role: str
    name_th: str
    name_en: str
    is_current: bool

    @property
    def device(self) -> str:
        return device(self.user_agent)

    @property
    def tenant_name(self) -> str:
        return pick(self.name_th, self.name_en)

    @property
    def role_name(self) -> str:
        return role_name(self.role)


def open_sessions(db: Session, actor: Actor, current_hash: str) -> list[OpenSession]:
    """Where the actor's account is signed in now, in all its memberships."""
    account = _account(actor)
    with as_account(db, account):
        found = db.execute(_LIST, {"account": account, "current": current_hash}).mappings().all()
    return [OpenSession(**{**row, "user_agent": row["user_agent"] or ""}) for row in found]


def end_own(db: Session, actor: Actor, mark: str) -> bool:
    """End one of the actor's sessions at once; False when it was not theirs or had ended."""
    account = _account(actor)
    with as_account(db, account):
        ended = db.execute(_END, {"account": account, "mark": mark})
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def end_others(db: Session, account_id: UUID, current_hash: str = "") -> int:
    """End every session of an account but the one given; how many there were."""
    with as_account(db, account_id):
        ended = db.execute(_END_OTHERS, {"account": account_id, "current": current_hash})
    return int(ended.rowcount)  # type: ignore[attr-defined]


def sweep(db: Session, account_id: UUID) -> None:
    """Drop sessions of the account that began more than 30 days ago."""
    with as_account(db, account_id):
        db.execute(_SWEEP, {"account": account_id})


def _account(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise LookupError("the service itself has no sessions")
    return actor.account_id
