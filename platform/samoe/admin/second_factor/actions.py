"""Setting up, renewing and taking away a second factor: one's own, or another member's who lost theirs."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe.admin.members.actions import account_to_help
from samoe.audit import record
from samoe.identity import Actor, Permission, require, second_factor
from samoe.identity.own_sessions import end_others
from samoe.identity.sessions import hash_token, renew
from samoe.identity.sign_in import provider_of
from samoe.kit.problem import NotFound, Problem
from samoe.settings import Settings


def own_account(settings: Settings, actor: Actor) -> UUID:
    """Whose second factor is kept here. Raises ``NotFound`` where that is another place's business."""
    require(actor, Permission.HOME_READ)
    if actor.account_id is None or not provider_of(settings).own_passwords:
        raise NotFound
    return actor.account_id


def begin(db: Session, settings: Settings, actor: Actor) -> None:
    """Make a key to be shown and confirmed."""
    second_factor.begin(db, settings, own_account(settings, actor))


def confirm(
    db: Session, settings: Settings, actor: Actor, typed: str, *, session_hash: str, peer: str
) -> tuple[list[str], str]:
    """Put it in force: the recovery codes, and the browser's new token. Every other session of the account ends."""
    account = own_account(settings, actor)
    codes = second_factor.confirm(db, settings, account, typed, peer=peer)
    token = renew(db, account, session_hash, second_factor=True)
    if token is None:
        raise NotFound
    end_others(db, account, hash_token(token))
    record(db, actor, "second_factor_on", "account", account)
    return codes, token


def new_codes(db: Session, settings: Settings, actor: Actor) -> list[str]:
    """Ten new recovery codes; the old ones are good for nothing."""
    account = own_account(settings, actor)
    codes = second_factor.new_recovery_codes(db, settings, account)
    record(db, actor, "recovery_codes_made", "account", account)
    return codes


def turn_off(db: Session, settings: Settings, actor: Actor, *, session_hash: str) -> str:
    """Take it away: the browser's new token, of a session that has shown a password only. All others end."""
    account = own_account(settings, actor)
    token = renew(db, account, session_hash, second_factor=False)
    if token is None or not second_factor.drop(db, account, but_session=hash_token(token)):
        raise Problem("ยังไม่ได้เปิดการยืนยันตัวตนสองชั้น")
    record(db, actor, "second_factor_off", "account", account)
    return token


def reset(db: Session, actor: Actor, member_id: UUID) -> None:
    """Take away the second factor of a member who lost telephone and codes; all their sessions end.

    Under the same limits as a new first password (``account_to_help``).
    """
    account = account_to_help(db, actor, member_id, own="ปิดการยืนยันตัวตนสองชั้นของคุณเองที่หน้าบัญชีของฉัน")
    if not second_factor.drop(db, account):
        raise Problem("คนนี้ไม่ได้เปิดการยืนยันตัวตนสองชั้น")
    record(db, actor, "second_factor_reset", "account", account)
