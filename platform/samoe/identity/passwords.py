"""Passwords of local accounts: the rules, the hash, and a comparison that takes the same time for everyone."""

from __future__ import annotations

import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from samoe.kit.problem import Problem

SHORTEST, LONGEST = 10, 200
_HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(4)
"""Each hash takes 32 MB: a flood of sign-ins waits in line instead of eating the machine's memory."""
_NOBODYS = "$argon2id$v=19$m=32768,t=3,p=1$H5asknY5njf3loH+9owBKA$7XuEX8Z2HAdl46u0HEMCsUj2zroGpiUJBYUfZfHil2o"
"""The hash of a forgotten random value, made with the settings above: unknown accounts are compared with it."""

_WORDS = (
    "bamboo", "banyan", "basil", "bridge", "canal", "candle", "cotton", "dawn", "delta", "ember", "field", "fern",
    "ginger", "harbour", "indigo", "island", "jasmine", "lantern", "lotus", "mango", "market", "meadow", "monsoon",
    "orchid", "paddy", "pepper", "pillar", "pomelo", "rafter", "reed", "river", "saffron", "sandal", "silver",
    "temple", "terrace", "timber", "tamarind", "valley", "village", "walnut", "weaver", "willow", "winter",
    "anchor", "barley", "cedar", "cloud", "copper", "garden", "hollow", "kettle", "ladder", "maple", "needle",
    "olive", "pebble", "ribbon", "sesame", "thread", "velvet", "window", "yellow", "zephyr",
)  # fmt: skip


def prepared(password: str) -> str:
    """The same password however a keyboard composed its marks."""
    return unicodedata.normalize("NFKC", password)


def refuse_weak(password: str, username: str, *, field: str = "password") -> None:
    """Raise ``Problem`` for a password that is too short, too long, or that anyone would try first."""
    given = prepared(password)
    if len(given) < SHORTEST:
        raise Problem("รหัสผ่านสั้นไป มี %(n)s ตัวอักษร ต้องมีอย่างน้อย %(least)s ตัว", field=field, n=len(given), least=SHORTEST)
    if len(given) > LONGEST:
        raise Problem("รหัสผ่านยาวเกิน %(most)s ตัวอักษร", field=field, most=LONGEST)
    folded = given.casefold()
    if len(set(folded)) < 4 or folded in "01234567890123456789 abcdefghijklmnopqrstuvwxyz" or "password" in folded:
        raise Problem("รหัสผ่านนี้เดาง่าย เลือกคำหลายคำที่ไม่เกี่ยวกัน", field=field)
    if username and (username.casefold() in folded or folded in username.casefold()):
        raise Problem("รหัสผ่านมีชื่อบัญชีอยู่ข้างใน เลือกคำอื่น", field=field)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(prepared(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password. Takes as long where there is none to compare with."""
    with _AT_ONCE:
        try:
            right = _HASHER.verify(kept or _NOBODYS, prepared(password))
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(kept)


def invented() -> str:
    """A password to read out or copy by hand: four words and two digits."""
    return "-".join([*(secrets.choice(_WORDS) for _ in range(4)), f"{secrets.randbelow(90) + 10}"])
