"""The code on a slip and the PIN of a telephone: making, reading and keeping them."""

from __future__ import annotations

import hmac
import re
import secrets
from itertools import pairwise
from uuid import UUID

from samoe.kit.problem import Problem
from samoe.kit.thai import arabic_digits
from samoe.settings import Settings

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty-two signs, five bits each, without I, L, O and U: nobody mistakes one for another."""
LENGTH, GROUP = 20, 4
PIN_LENGTH = 6
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_OFTEN = {
    "112233", "332211", "121314", "102030", "147258", "258147", "159753", "159357", "142536", "741852", "963852",
    "852456", "789456", "456789", "321654", "246810", "135790", "131313", "520520", "521521", "100000", "200000",
    "999000", "112112", "191191", "696969", "007007",
}  # fmt: skip
"""What is tried first; runs, repeats and mirrors are found by rule."""


def new_code() -> str:
    """A code of 100 random bits."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """The code in groups, to be read and typed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The code that somebody typed, with or without groups, in either case. Raises ``Problem`` for what is none."""
    signs = re.sub(r"[\s\-‐-―]+", "", arabic_digits(typed)).upper().translate(_READ_AS)
    if not signs:
        raise Problem("ใส่รหัสบนใบ", field="code")
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        raise Problem("รหัสบนใบมี %(n)s ตัว เป็นตัวเลขและอักษรอังกฤษ ตรวจแล้วพิมพ์ใหม่", field="code", n=LENGTH)
    return signs


def code_hash(settings: Settings, code: str) -> str:
    """What the database knows a code by. Keyed, not slow: nobody tries 2 to the 100th."""
    return hmac.digest(settings.key("slip"), code.encode(), "sha256").hex()


def read_pin(typed: str, field: str = "pin") -> str:
    """The six digits that were typed, in Thai or Arabic figures. Raises ``Problem`` for anything else."""
    digits = "".join(arabic_digits(typed).split())
    if len(digits) != PIN_LENGTH or not (digits.isascii() and digits.isdecimal()):
        raise Problem("PIN เป็นตัวเลข %(n)s ตัว", field=field, n=PIN_LENGTH)
    return digits


def choose_pin(typed: str, again: str) -> str:
    """A new PIN, typed twice alike and not one that is tried first. Raises ``Problem``."""
    pin = read_pin(typed)
    if is_plain(pin):
        raise Problem("PIN นี้เดาง่าย เลือกตัวเลขที่ไม่เรียงและไม่ซ้ำกัน", field="pin")
    if "".join(arabic_digits(again).split()) != pin:
        raise Problem("PIN สองช่องไม่ตรงกัน พิมพ์ใหม่ทั้งสองช่อง", field="again")
    return pin


def is_plain(pin: str) -> bool:
    """Whether it is one that anybody would try first: two digits or fewer, a run, something repeated or mirrored."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    half = len(pin) // 2
    return (
        len(set(pin)) <= 2 or len(steps) == 1 or pin[:half] == pin[half:] or pin == pin[::-1] or pin in _OFTEN
        or (pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5])
    )  # fmt: skip


def pin_hash(settings: Settings, device_id: UUID, token: str, pin: str) -> str:
    """What is kept of a PIN. The telephone's token goes into it, so that a copy of the database, even together with
    the key, leaves nothing to try a million PINs on."""
    return hmac.digest(settings.key("pin"), f"{device_id}\n{token}\n{pin}".encode(), "sha256").hex()


def is_pin(settings: Settings, device_id: UUID, token: str, pin: str, kept: str) -> bool:
    """Whether this is the PIN of the telephone."""
    return hmac.compare_digest(pin_hash(settings, device_id, token, pin), kept)
