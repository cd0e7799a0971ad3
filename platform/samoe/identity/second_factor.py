"""The second factor of a local account: codes that an app on a telephone shows (TOTP), and ten for when it is lost.

It is in force once a first code has confirmed it. A code is taken once: the half-minute it belongs to is remembered.
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.identity import attempts
from samoe.identity.accounts import username_of
from samoe.identity.memberships import as_account
from samoe.identity.own_sessions import end_others
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem
from samoe.kit.thai import arabic_digits
from samoe.settings import Settings

ISSUER = "Samoe"
STEP_SECONDS = 30
TOLERANCE = 1
"""Steps either side: the clock of a telephone may be off by half a minute."""
SET_UP_MINUTES = 15
"""How long a key that was not confirmed may be shown again."""
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another on paper. Ten of them are 49 bits."""

_GET = text(
    "select sealed_key, confirmed_at, cardinality(recovery_hashes) as recovery_left,"
    " made_at > now() - make_interval(mins => :minutes) as is_new from second_factors where account_id = :account"
)
_BEGIN = text(
    "insert into second_factors (account_id, sealed_key) values (:account, :key)"
    " on conflict (account_id) do update set sealed_key = excluded.sealed_key, made_at = now(), last_step = 0"
    " where second_factors.confirmed_at is null"
)
_CONFIRM = text(
    "update second_factors set confirmed_at = now(), last_step = :step, recovery_hashes = :hashes"
    " where account_id = :account and confirmed_at is null and last_step < :step"
)
_TAKE = text(
    "update second_factors set last_step = :step"
    " where account_id = :account and confirmed_at is not null and last_step < :step"
)
_TAKE_RECOVERY = text(
    "update second_factors set recovery_hashes = array_remove(recovery_hashes, :hash)"
    " where account_id = :account and confirmed_at is not null and :hash = any (recovery_hashes)"
)
_NEW_RECOVERY = text(
    "update second_factors set recovery_hashes = :hashes where account_id = :account and confirmed_at is not null"
)
_DROP = text("delete from second_factors where account_id = :account")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: ``key`` is there only while it is being set up."""

    since: datetime | None = None
    recovery_left: int = 0
    key: str = ""

    @property
    def on(self) -> bool:
        return self.since is not None

    @property
    def key_in_fours(self) -> str:
        """To type by hand where no picture can be taken."""
        return " ".join(self.key[at : at + 4] for at in range(0, len(self.key), 4))


def standing(db: Session, settings: Settings, account_id: UUID) -> Standing:
    """How the account stands; a key that was shown too long ago without being confirmed counts as none."""
    with as_account(db, account_id):
        row = db.execute(_GET, {"account": account_id, "minutes": SET_UP_MINUTES}).one_or_none()
    if row is None or (row.confirmed_at is None and not row.is_new):
        return Standing()
    if row.confirmed_at is None:
        return Standing(key=_unseal(settings, account_id, row.sealed_key))
    return Standing(row.confirmed_at, row.recovery_left)


def is_on(db: Session, account_id: UUID) -> bool:
    """Whether the account must show a second factor."""
    with as_account(db, account_id):
        row = db.execute(_GET, {"account": account_id, "minutes": 0}).one_or_none()
    return row is not None and row.confirmed_at is not None


def begin(db: Session, settings: Settings, account_id: UUID) -> None:
    """Make a new key, to be shown and confirmed. Raises ``Problem`` where a second factor is on."""
    key = pyotp.random_base32()
    with as_account(db, account_id):
        made = db.execute(_BEGIN, {"account": account_id, "key": _seal(settings, account_id, key)})
    if made.rowcount != 1:  # type: ignore[attr-defined]
        raise Problem("บัญชีนี้ใช้การยืนยันตัวตนสองชั้นอยู่แล้ว ปิดของเดิมก่อนถ้าต้องการเปลี่ยนเครื่อง")


def address(db: Session, account_id: UUID, key: str) -> str:
    """What the square picture says to the app."""
    return pyotp.TOTP(key).provisioning_uri(name=username_of(db, account_id), issuer_name=ISSUER)


def confirm(db: Session, settings: Settings, account_id: UUID, typed: str, *, peer: str) -> list[str]:
    """Put it in force with a first code of the app: the recovery codes, in clear here and never again."""
    found = standing(db, settings, account_id)
    if not found.key:
        raise Problem("หน้านี้เปิดไว้นานเกินไป เริ่มตั้งค่าใหม่อีกครั้ง")
    attempts.note(settings, _counted(account_id), peer)
    step = _step(found.key, _digits(typed))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    hashes = [_hash(settings, account_id, code) for code in codes]
    with as_account(db, account_id):
        done = step and db.execute(_CONFIRM, {"account": account_id, "step": step, "hashes": hashes}).rowcount  # type: ignore[attr-defined]
    if not done:
        raise Problem("รหัสนี้ใช้ไม่ได้ ดูรหัสล่าสุดในแอปแล้วพิมพ์ใหม่ และตรวจว่านาฬิกาของโทรศัพท์ตรง", field="code")
    attempts.forgive(settings, _counted(account_id), peer)
    return codes


@dataclass(frozen=True, slots=True)
class Taken:
    """A code was right. ``recovery`` tells that it was one of the ten."""

    recovery: bool = False


def take(settings: Settings, account_id: UUID, typed: str, *, peer: str, field: str = "code") -> Taken:
    """Take a code of the app, or a recovery code, at a sign-in or a fresh proof; each is good once.

    Counted and committed at once, whatever becomes of the request. Raises ``Problem`` for a wrong one and ``TooMany``.
    """
    if not typed.strip():
        raise Problem("ใส่รหัสจากแอป หรือรหัสสำรอง", field=field)
    attempts.note(settings, _counted(account_id), peer)
    digits = _digits(typed)
    with request_session(settings) as db, as_account(db, account_id):
        row = db.execute(_GET, {"account": account_id, "minutes": 0}).one_or_none()
        done = 0
        if row is not None and digits:
            step = _step(_unseal(settings, account_id, row.sealed_key), digits)
            done = step and db.execute(_TAKE, {"account": account_id, "step": step}).rowcount  # type: ignore[attr-defined]
        elif row is not None:
            given = {"account": account_id, "hash": _hash(settings, account_id, typed)}
            done = db.execute(_TAKE_RECOVERY, given).rowcount  # type: ignore[attr-defined]
    if not done:
        raise Problem("รหัสนี้ใช้ไม่ได้หรือใช้ไปแล้ว รอรหัสถัดไปในแอปแล้วลองใหม่", field=field)
    attempts.forgive(settings, _counted(account_id), peer)
    return Taken(recovery=not digits)


def new_recovery_codes(db: Session, settings: Settings, account_id: UUID) -> list[str]:
    """Ten new ones in place of those there were."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    hashes = [_hash(settings, account_id, code) for code in codes]
    with as_account(db, account_id):
        made = db.execute(_NEW_RECOVERY, {"account": account_id, "hashes": hashes})
    if made.rowcount != 1:  # type: ignore[attr-defined]
        raise Problem("ยังไม่ได้เปิดการยืนยันตัวตนสองชั้น")
    return codes


def drop(db: Session, account_id: UUID, *, but_session: str = "") -> bool:
    """Take the second factor away and end every session but the one given; False where there was none in force."""
    was_on = is_on(db, account_id)
    with as_account(db, account_id):
        db.execute(_DROP, {"account": account_id})
    if was_on:
        end_others(db, account_id, but_session)
    return was_on


def _step(key: str, digits: str) -> int:
    """The half-minute that a code belongs to, among those that are taken now; 0 for none."""
    now, totp, found = int(time.time()) // STEP_SECONDS, pyotp.TOTP(key), 0
    for step in range(now - TOLERANCE, now + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(step), digits):
            found = step
    return found


def _digits(typed: str) -> str:
    """The six digits of a code, or an empty text."""
    digits = "".join(arabic_digits(typed).split())
    return digits if len(digits) == 6 and digits.isascii() and digits.isdecimal() else ""


def _folded(typed: str) -> str:
    return "".join(typed.split()).replace("-", "").lower()


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _hash(settings: Settings, account_id: UUID, code: str) -> str:
    """Keyed, not slow: nobody tries 2 to the 49th, and the key is not in the database."""
    return hmac.digest(settings.key("recovery code"), account_id.bytes + _folded(code).encode(), "sha256").hex()


def _seal(settings: Settings, account_id: UUID, key: str) -> bytes:
    """Sealed for this account: in another account's row it cannot be opened."""
    nonce = os.urandom(12)
    return nonce + AESGCM(settings.key("second factor")).encrypt(nonce, key.encode(), account_id.bytes)


def _unseal(settings: Settings, account_id: UUID, sealed: bytes) -> str:
    try:
        opened = AESGCM(settings.key("second factor")).decrypt(sealed[:12], sealed[12:], account_id.bytes)
    except InvalidTag as fault:
        raise Problem("เปิดกุญแจของรหัสสองชั้นไม่ได้ ให้ผู้ดูแลสมาชิกปิดการยืนยันตัวตนสองชั้นให้ แล้วตั้งใหม่") from fault
    return opened.decode()


def _counted(account_id: UUID) -> str:
    """Under what the tries are counted: no username has a space."""
    return f"code of {account_id}"
