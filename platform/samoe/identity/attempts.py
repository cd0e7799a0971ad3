"""How often a password may be tried: counted by account, by peer, and by both together.

An attempt is written down before the password is looked at, in a transaction of its own, so that many tries at the
same moment are counted as many.
"""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import text

from samoe.db.table import new_id
from samoe.identity.sessions import request_session
from samoe.kit.problem import Problem
from samoe.settings import Settings

WINDOW_MINUTES = 15
MOST = {"both": 6, "account": 25, "peer": 60}
"""Failures in the window. "account" is far above "both": strangers elsewhere must not lock a person out easily."""

_ADD = text("insert into sign_in_attempts (id, key) values (:id, :key)")
_COUNT = text(
    "select key, count(*) as n from sign_in_attempts"
    " where key = any (:keys) and at > now() - make_interval(mins => :window) group by key"
)
_FORGET = text("delete from sign_in_attempts where key = any (:keys)")
_FORGET_ONE = text(
    "delete from sign_in_attempts where id ="
    " (select id from sign_in_attempts where key = :key order by at desc limit 1)"
)
_SWEEP = text("delete from sign_in_attempts where at < now() - interval '1 day'")


MOST_CODES = 10
"""Codes of slips from one peer in the window. With 100 random bits in each, it is the noise that is kept out."""


class TooMany(Problem):
    """Too many tries; said alike for accounts that exist and for those that do not."""

    status = 429


def note(settings: Settings, username: str, peer: str) -> None:
    """Count one attempt. Raises ``TooMany`` when there have been too many, this one included."""
    keys = _keys(settings, username, peer)
    with request_session(settings) as db:
        db.execute(_ADD, [{"id": new_id(), "key": key} for key in keys.values()])
        if secrets.randbelow(50) == 0:
            db.execute(_SWEEP)
    with request_session(settings) as db:
        rows = db.execute(_COUNT, {"keys": list(keys.values()), "window": WINDOW_MINUTES})
        found = {row.key: int(row.n) for row in rows}
    if any(found.get(keys[kind], 0) > most for kind, most in MOST.items()):
        raise TooMany(
            "ลองเข้าสู่ระบบหลายครั้งเกินไป รออีก %(minutes)s นาทีแล้วลองใหม่ หรือให้ผู้รับผิดชอบโครงการตั้งรหัสผ่านให้ใหม่",
            minutes=WINDOW_MINUTES,
        )


def note_code(settings: Settings, peer: str) -> None:
    """Count one try of a slip's code. Raises ``TooMany`` when this peer has made too many, this one included."""
    key = _code_key(settings, peer)
    with request_session(settings) as db:
        db.execute(_ADD, {"id": new_id(), "key": key})
    with request_session(settings) as db:
        found = db.execute(_COUNT, {"keys": [key], "window": WINDOW_MINUTES}).one()
    if found.n > MOST_CODES:
        raise TooMany("ลองรหัสหลายครั้งเกินไป รออีก %(minutes)s นาทีแล้วลองใหม่", field="code", minutes=WINDOW_MINUTES)


def forgive_code(settings: Settings, peer: str) -> None:
    """After a right code: forget one try of this peer, for a whole centre may sit behind one address."""
    with request_session(settings) as db:
        db.execute(_FORGET_ONE, {"key": _code_key(settings, peer)})


def forgive(settings: Settings, username: str, peer: str) -> int:
    """After a right password: forget the tries of this account; how many there had been in vain before."""
    keys = _keys(settings, username, peer)
    with request_session(settings) as db:
        earlier = db.execute(_COUNT, {"keys": [keys["account"]], "window": 24 * 60}).one_or_none()
        db.execute(_FORGET, {"keys": [keys["both"], keys["account"]]})
        db.execute(_FORGET_ONE, {"key": keys["peer"]})
    return int(earlier.n) - 1 if earlier else 0


def _code_key(settings: Settings, peer: str) -> str:
    return "slip:" + hmac.digest(settings.key("sign-in attempts"), peer.encode(), "sha256").hex()


def _keys(settings: Settings, username: str, peer: str) -> dict[str, str]:
    secret = settings.key("sign-in attempts")
    parts = {"both": f"{username}\n{peer}", "account": username, "peer": peer}
    return {kind: kind + ":" + hmac.digest(secret, value.encode(), "sha256").hex() for kind, value in parts.items()}
