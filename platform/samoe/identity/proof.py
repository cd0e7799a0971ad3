"""Showing once more who one is, while signed in: before money goes and before one's own protection is changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity import accounts, second_factor
from samoe.identity.actor import Actor
from samoe.identity.provider import Answer, WrongCredentials
from samoe.identity.roles import ROLES
from samoe.identity.sessions import actor_of, renew, request_session
from samoe.identity.sign_in import memberships_of, provider_of
from samoe.kit.problem import NotFound, Problem
from samoe.settings import Settings
from samoe.tenancy import use

GOOD_FOR = timedelta(minutes=15)


def is_fresh(settings: Settings, actor: Actor) -> bool:
    """Whether the person behind this session showed a short while ago who they are.

    Where passwords are kept elsewhere, so are second factors: there a password alone is no proof. A PIN
    never shows enough.
    """
    if actor.by_pin or actor.proved_at is None or datetime.now(UTC) - actor.proved_at >= GOOD_FOR:
        return False
    return actor.second_factor or provider_of(settings).own_passwords


def must_set_up(settings: Settings, actor: Actor) -> bool:
    """Whether nothing opens for this session until a second factor is set up, or shown."""
    if not settings.second_factor_required or actor.second_factor:
        return False
    role = ROLES.get(actor.role)
    return role is not None and role.second_factor


def elsewhere(settings: Settings) -> bool:
    """Whether passwords and second factors are kept elsewhere: they are shown, and set up, there."""
    return not provider_of(settings).own_passwords


def second_step_due(settings: Settings, account_id: UUID) -> bool:
    """Whether someone who came back from the provider with a password alone must be sent there for a second factor."""
    if not settings.second_factor_required or not elsewhere(settings):
        return False
    return any(ROLES[held.role].second_factor for held in memberships_of(settings, account_id) if held.role in ROLES)


def asks_for_code(settings: Settings, actor: Actor) -> bool:
    """Whether the proof takes a code beside the password."""
    if actor.account_id is None:
        return False
    with request_session(settings) as db:
        return second_factor.is_on(db, actor.account_id)


def prove(settings: Settings, actor: Actor, session_hash: str, *, password: str, code: str, peer: str) -> str:
    """Take password and, where the account has it, a code; the browser's new token.

    The session goes on under a new id. Raises ``Problem`` (``TooMany`` among them) at the fields ``_password`` and
    ``_code``; ``NotFound`` for a session that has ended meanwhile.
    """
    if actor.account_id is None or actor.by_pin:
        raise NotFound
    if not password:
        raise Problem("ใส่รหัสผ่าน", field="_password")
    with request_session(settings) as db:
        username = accounts.username_of(db, actor.account_id)
        with_code = second_factor.is_on(db, actor.account_id)
    try:
        shown = provider_of(settings).finish_sign_in(Answer({"username": username, "password": password}, {}, peer, ""))
    except WrongCredentials as fault:
        raise Problem("รหัสผ่านไม่ถูกต้อง ตรวจตัวพิมพ์เล็กใหญ่และแป้นภาษา แล้วลองใหม่", field="_password") from fault
    if shown.account_id != actor.account_id:
        raise NotFound
    recovery = with_code and second_factor.take(settings, actor.account_id, code, peer=peer, field="_code").recovery
    with request_session(settings) as db:
        found = actor_of(db, session_hash)
        if found is None:
            raise NotFound
        with use(found.who.scope):
            token = write_down(db, found.who, session_hash, with_code=with_code)
            if recovery:
                record(db, found.who, "recovery_code_used", "account", actor.account_id)
            db.flush()
    return token


def write_down(db: Session, actor: Actor, session_hash: str, *, with_code: bool) -> str:
    """Remember that the person behind a session has just shown who they are; the browser's new token."""
    token = renew(db, actor.account_id, session_hash, second_factor=with_code) if actor.account_id else None
    if token is None:
        raise NotFound
    record(db, actor, "proved", "session")
    return token
