"""From a proved identity to a session under one membership, and from one membership to another."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity.actor import Actor
from samoe.identity.local import LocalAccounts
from samoe.identity.memberships import REHEARSAL, Choice, as_account, choices
from samoe.identity.openid import OpenId
from samoe.identity.own_sessions import sweep
from samoe.identity.provider import IdentityProvider
from samoe.identity.sessions import actor_of, begin, end, end_token, hash_token, request_session
from samoe.kit.problem import NotFound, Problem
from samoe.settings import Settings
from samoe.tenancy import use

_AT_PROVIDER = text("select sid, refresh from sessions where token_hash = :hash")


def provider_of(settings: Settings) -> IdentityProvider:
    """The provider that the settings choose."""
    return LocalAccounts(settings) if settings.oidc_issuer is None else OpenId(settings)


def memberships_of(settings: Settings, account_id: UUID) -> list[Choice]:
    """What the account may begin as today; to a rehearsal one goes on from one's province. Raises ``Problem`` where
    there is nothing."""
    with request_session(settings) as db:
        found = [choice for choice in choices(db, account_id) if choice.kind != REHEARSAL]
    if not found:
        raise Problem("บัญชีนี้ยังไม่มีสิทธิ์ในหน่วยงานใด หรือสิทธิ์สิ้นสุดแล้ว ติดต่อผู้รับผิดชอบโครงการของจังหวัด")
    return found


def enter(
    settings: Settings, account_id: UUID, membership_id: UUID, *, user_agent: str, old_hash: str | None,
    failed_before: int = 0, sid: str = "", refresh: str = "", proved_at: datetime | None = None,
    second_factor: bool = False, recovery: bool = False, device_id: UUID | None = None,
) -> tuple[str, Actor]:  # fmt: skip
    """Begin a session under one of the account's memberships: the browser's new token, and who acts now.

    A session that the browser still had ends. ``proved_at`` is when a provider saw the proof; ``recovery`` tells that
    one of the recovery codes was given; ``device_id`` that it was a PIN on this telephone. Raises ``NotFound`` for a
    membership that is not the account's.
    """
    with request_session(settings) as db:
        chosen = _own(choices(db, account_id), membership_id)
        if old_hash:
            end_token(db, old_hash)
        sweep(db, account_id)
        token = begin(
            db, account_id=account_id, tenant_id=chosen.tenant_id, membership_id=chosen.membership_id,
            user_agent=user_agent, sid=sid, refresh=refresh, proved_at=proved_at, second_factor=second_factor,
            device_id=device_id,
        )  # fmt: skip
        found = actor_of(db, hash_token(token))
        if found is None:
            raise NotFound
        with use(found.who.scope):
            record(db, found.who, "signed_in", "session", failed_before=failed_before)
            if recovery:
                record(db, found.who, "recovery_code_used", "account", account_id)
            db.flush()
    return token, found.who


def switch(db: Session, actor: Actor, membership_id: UUID, *, session_hash: str, user_agent: str) -> str:
    """Go on under another membership of the same account, in a new session; the browser's new token.

    When and how the person last proved who they are, and their session at the provider, are carried over.
    """
    if actor.account_id is None or actor.by_pin:
        raise NotFound
    chosen = _own(choices(db, actor.account_id), membership_id)
    record(db, actor, "switched_membership", "session")
    with as_account(db, actor.account_id):
        sid, refresh = db.execute(_AT_PROVIDER, {"hash": session_hash}).one_or_none() or ("", "")
    end(db, actor.account_id, session_hash)
    return begin(
        db, account_id=actor.account_id, tenant_id=chosen.tenant_id, membership_id=chosen.membership_id,
        user_agent=user_agent, proved_at=actor.proved_at, second_factor=actor.second_factor, sid=sid or "",
        refresh=refresh or "",
    )  # fmt: skip


def leave(db: Session, actor: Actor, session_hash: str) -> None:
    """Sign out: the session is no good from now on."""
    if actor.account_id is not None:
        record(db, actor, "signed_out", "session")
        end(db, actor.account_id, session_hash)


def _own(found: list[Choice], membership_id: UUID) -> Choice:
    chosen = next((choice for choice in found if choice.membership_id == membership_id), None)
    if chosen is None:
        raise NotFound
    return chosen
