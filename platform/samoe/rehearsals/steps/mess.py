"""One value, typed as people type it: with Thai digits, dashes, separators, titles of places, stray spaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samoe.kit import be_date, be_format
from samoe.kit.be_date import BE
from samoe.sdk import Field

EMPTY = ("", "-")
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TICKS = ("✓", "/", "มี", "1")


def as_typed(kind: str, value: Any, place: int, field: Field | None = None) -> Any:
    """A value as the cell of the row at this place; ``kind`` is one of the platform's own columns, or how the column of
    a group is read."""
    if value in ("", None):
        return EMPTY[place % len(EMPTY)] if kind not in LEFT_BLANK else ""
    typed = _WAYS.get(kind)
    return typed(value, place, field) if typed else value


LEFT_BLANK = ("tick", "first", "last", "subdistrict", "district", "centre")
"""What is not dashed where there is nothing: a tick that is not there, and what every row has."""


def _identifier(value: str, place: int, _field: Field | None) -> str:
    if len(value) != len("1234567890123") or not value.isdecimal():
        return value
    dashed = f"{value[0]}-{value[1:5]}-{value[5:10]}-{value[10:12]}-{value[12]}"
    return (value, dashed, value.translate(_THAI), f" {value}")[place % 4]


def _birth(value: date, place: int, _field: Field | None) -> Any:
    words = f"{value.day} {be_date.LONG_MONTHS[value.month - 1]} {value.year + BE}"
    return (be_format.short(value), value, words, be_format.short(value).translate(_THAI))[place % 4]


def _name(value: str, place: int, _field: Field | None) -> str:
    return f" {value}  " if place % 3 == 1 else value


def _number(value: str, place: int, _field: Field | None) -> Any:
    plain = value.replace(",", "")
    return (value, value.translate(_THAI), float(plain) if place % 8 == 2 else plain, f"{value} ")[place % 4]


def _money(value: str, place: int, field: Field | None) -> Any:
    return f"{value} บาท" if place % 5 == 4 else _number(value, place, field)


def _choice(value: str, place: int, field: Field | None) -> str:
    """Any of the wordings that the group is set up to understand."""
    option = next((one for one in field.offered if one.label.th == value), None) if field else None
    return (
        value
        if option is None
        else (option.label.th, *option.aliases, option.label.en)[place % (2 + len(option.aliases))]
    )


_WAYS: Mapping[str, Callable[[Any, int, Field | None], Any]] = {
    "id": _identifier, "birth": _birth, "first": _name, "last": _name, "text": _name, "guardian": _name,
    "district": lambda value, place, _: ("", "อ.", "อำเภอ")[place % 3] + value,
    "subdistrict": lambda value, place, _: ("", "ต.", "ตำบล")[place % 3] + value,
    "phone": lambda value, place, _: f"{value[:3]}-{value[3:6]}-{value[6:]}" if place % 2 else value,
    "tick": lambda _value, place, _: TICKS[place % len(TICKS)],
    "money": _money, "number": _number, "count": _number, "percent": _number, "choice": _choice,
}  # fmt: skip
