"""Which account somebody at the site has: found by issuer and subject, which nobody can choose or change.

The first time there is nothing to find. Then the account whose username is the person's e-mail address becomes
theirs, where the site has verified that address and nobody has used the account yet. An address that is not verified
is a wish; a username at the site is a name that its owner picked; and an account that is in use, or a demonstration's,
goes to nobody by an address: ``samoe accounts link`` is for those.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from samoe.audit import record
from samoe.identity import accounts
from samoe.identity.memberships import choices
from samoe.identity.own_sessions import end_others
from samoe.identity.restore import actor_of_member
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem
from samoe.settings import Settings
from samoe.tenancy import tenant_session

_FIND = text("select id, disabled_at from accounts where issuer = :issuer and subject = :subject")
_TAKE = text(
    "update accounts set issuer = :issuer, subject = :subject, password_hash = null, must_change_password = false"
    " where username = :email and issuer = 'local' and subject is null and disabled_at is null and not is_demo"
    " and (password_hash is null or must_change_password) returning id"
)
_LINK = text(
    "update accounts set issuer = :issuer, subject = :subject, password_hash = null, must_change_password = false"
    " where id = :account"
)


def account_of(settings: Settings, issuer: str, claims: Mapping[str, Any]) -> UUID | None:
    """The account of whom an ID token names; None where there is none, or it is disabled."""
    who = {"issuer": issuer, "subject": claims["sub"]}
    with request_session(settings) as db:
        found = db.execute(_FIND, who).one_or_none()
        if found is not None:
            return None if found.disabled_at else UUID(str(found.id))
        email = _verified_email(claims)
        taken = db.execute(_TAKE, {**who, "email": email}).scalar_one_or_none() if email else None
        if taken is not None:
            end_others(db, taken)
    if taken is not None:
        _tell(settings, taken)
    return taken


def link(settings: Settings, username: str, issuer: str, subject: str) -> None:
    """Give an account to whom the site calls ``subject``; its password and its sessions end.

    Raises ``Problem`` for an account that is not there, and for somebody who has another account.
    """
    with request_session(settings) as db:
        account = accounts.find(db, username)
        if account is None:
            raise Problem("ไม่มีบัญชี %(username)s หรือบัญชีถูกปิดใช้", username=username)
        try:
            with db.begin_nested():
                db.execute(_LINK, {"issuer": issuer, "subject": subject, "account": account})
        except IntegrityError as fault:
            raise Problem("ผู้ใช้นี้ในระบบยืนยันตัวตนมีบัญชีอื่นอยู่แล้ว") from fault
        end_others(db, account)
    _tell(settings, account)


def _verified_email(claims: Mapping[str, Any]) -> str:
    """Only plain letters: two addresses that look or fold alike may have two owners."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email.isascii():
        return ""
    return email.lower() if "@" in email else ""


def _tell(settings: Settings, account_id: UUID) -> None:
    """Write it into the audit trail of every tenant where the account is a member."""
    with request_session(settings) as db:
        held = choices(db, account_id)
    for tenant_id in sorted({choice.tenant_id for choice in held}):
        actor = actor_of_member(settings, tenant_id, None)
        if actor is not None:
            with tenant_session(actor.scope, settings) as db:
                record(db, actor, "account_linked", "account", account_id)
