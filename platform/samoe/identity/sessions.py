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
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.engine import engine
from samoe.identity.actor import Actor
from samoe.settings import Settings

_OPEN = text("select * from open_session(:hash)")


@dataclass(frozen=True, slots=True)
class Found:
    """A live session: who, and the token that its forms must carry."""

    who: Actor
    csrf_token: str
    locale: str


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
    if row is None:
        return None
    institutions = row["institution_ids"]
    actor = Actor(
        tenant_id=row["tenant_id"], tenant_slug=row["tenant_slug"], tenant_kind=row["tenant_kind"],
        tenant_name_th=row["name_th"], tenant_name_en=row["name_en"], role=row["role"], name=row["display_name"],
        account_id=row["account_id"], membership_id=row["membership_id"], locale=row["locale"],
        area_mask=row["area_mask"], group_mask=row["group_mask"],
        group_slugs=None if row["group_slugs"] is None else tuple(row["group_slugs"]),
        district_codes=None if row["district_codes"] is None else tuple(row["district_codes"]),
        institution_ids=None if institutions is None else tuple(institutions),
        own_caseload=row["own_caseload"], is_demo=row["is_demo"], proved_at=row["proved_at"],
    )  # fmt: skip
    return Found(actor, row["csrf_token"], row["locale"])


def begin(session: Session, *, account_id: UUID, tenant_id: int, membership_id: UUID, user_agent: str) -> str:
    """Start a session under one membership and return the token for the browser. Always a new token.

    The caller has set ``app.account`` for this transaction (``samoe.identity.memberships.as_account``).
    """
    token = secrets.token_urlsafe(32)
    session.execute(
        text(
            "insert into sessions (token_hash, tenant_id, account_id, membership_id, csrf_token, user_agent)"
            " values (:hash, :tenant, :account, :membership, :csrf, :agent)"
        ),
        {
            "hash": hash_token(token), "tenant": tenant_id, "account": account_id, "membership": membership_id,
            "csrf": secrets.token_urlsafe(24), "agent": user_agent,
        },
    )  # fmt: skip
    return token


def end(session: Session, token_hash: str) -> None:
    """End one session at once."""
    session.execute(text("select set_config('app.session', :hash, true)"), {"hash": token_hash})
    session.execute(text("update sessions set ended_at = now() where token_hash = :hash"), {"hash": token_hash})
