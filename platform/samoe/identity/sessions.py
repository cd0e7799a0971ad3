"""Server-side sessions: opened at sign-in, looked up at every request, ended at once when they must be.

The browser holds a random token; the database its SHA-256. Idle 30 minutes, absolute 12 hours (checked in the
database function ``open_session``).
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.engine import engine
from samoe.identity.actor import Actor
from samoe.identity.memberships import as_account
from samoe.settings import Settings

_OPEN = text(
    "select o.*, s.second_factor, s.device_id, m.xmin::text as given from open_session(:hash) o"
    " left join sessions s on s.token_hash = :hash and s.account_id = o.account_id"
    " left join memberships m on m.tenant_id = o.tenant_id and m.id = o.membership_id"
)
_BEGIN = text(
    "insert into sessions (token_hash, tenant_id, account_id, membership_id, csrf_token, user_agent, proved_at, sid,"
    " refresh, renewed_at, second_factor, device_id) values (:hash, :tenant, :account, :membership, :csrf, :agent,"
    " coalesce(:proved, now()), :sid, cast(:refresh as text),"
    " case when cast(:refresh as text) is not null then now() end, :second, :device)"
)
_RENEW = text(
    "update sessions set token_hash = :new, proved_at = now(), second_factor = :second"
    " where token_hash = :old and account_id = :account and ended_at is null"
)
_END = text(
    "update sessions set ended_at = now() where token_hash = :hash and account_id = :account and ended_at is null"
)
_END_TOKEN = text("update sessions set ended_at = now() where token_hash = :hash and ended_at is null")


@dataclass(frozen=True, slots=True)
class Found:
    """A live session: who, and the token that its forms must carry."""

    who: Actor
    csrf_token: str
    locale: str
    renew: bool = False
    """It is time to ask the identity provider whether the person is still signed in there."""


def hash_token(token: str) -> str:
    """What the database knows a token by."""
    return hashlib.sha256(token.encode()).hexdigest()


@contextmanager
def request_session(settings: Settings) -> Iterator[Session]:
    """A transaction as the application's role with no scope yet: ``actor_of`` puts the session's scope in force."""
    with Session(engine(settings.dsn("app")), expire_on_commit=False) as session, session.begin():
        yield session


def actor_of(session: Session, token_hash: str) -> Found | None:
    """The actor behind a session, or None where it is unknown, ended or expired, or its member disabled."""
    row = session.execute(_OPEN, {"hash": token_hash}).mappings().one_or_none()
    return None if row is None else Found(Actor.of_row(row), row["csrf_token"], row["locale"], row["renew"])


def begin(
    session: Session, *, account_id: UUID, tenant_id: int, membership_id: UUID, user_agent: str,
    proved_at: datetime | None = None, sid: str = "", refresh: str = "", second_factor: bool = False,
    device_id: UUID | None = None,
) -> str:  # fmt: skip
    """Start a session under one membership and return the token for the browser. Always a new token.

    ``proved_at`` is when the person last showed who they are; now, unless a session is only changing its membership.
    ``second_factor`` tells whether they showed more than a password then; ``device_id`` that it was a PIN on this one.
    """
    token = secrets.token_urlsafe(32)
    values = {
        "hash": hash_token(token), "tenant": tenant_id, "account": account_id, "membership": membership_id,
        "csrf": secrets.token_urlsafe(24), "agent": user_agent, "proved": proved_at, "second": second_factor,
        "sid": sid or None, "refresh": refresh or None, "device": device_id,
    }  # fmt: skip
    with as_account(session, account_id):
        session.execute(_BEGIN, values)
    return token


def renew(session: Session, account_id: UUID, token_hash: str, *, second_factor: bool) -> str | None:
    """Go on in the same session as someone who has just shown who they are: the browser's new token.

    The old token is good for nothing from now on; the absolute limit of the session stays. None for a session that is
    not the account's, or has ended. Forms that are open in other windows keep their cross-site token.
    """
    token = secrets.token_urlsafe(32)
    values = {"new": hash_token(token), "old": token_hash, "account": account_id, "second": second_factor}
    with as_account(session, account_id):
        renewed = session.execute(_RENEW, values).rowcount  # type: ignore[attr-defined]
    return token if renewed else None


def end_token(session: Session, token_hash: str) -> None:
    """End whatever session a browser still held, whoever's it was. For the application's role."""
    session.execute(text("select set_config('app.session', :hash, true)"), {"hash": token_hash})
    session.execute(_END_TOKEN, {"hash": token_hash})


def end(session: Session, account_id: UUID, token_hash: str) -> None:
    """End one session of an account at once: also for a request that is under way."""
    with as_account(session, account_id):
        session.execute(_END, {"hash": token_hash, "account": account_id})
