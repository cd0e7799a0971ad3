"""Rows of one file that tell of the same person or institution."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from samoe.intake.judging.judged import DUPLICATE, ERROR, POSSIBLE, WARNING, JudgedSheet

# A row of the whole file as one number, which is cheaper to keep by the hundred thousand than a pair.
_SHEET = 1 << 24


class FirstRows:
    """The first row of each key, over sheets that are seen in order. Rows in error never stand for a key."""

    def __init__(self) -> None:
        self._sheets: list[JudgedSheet] = []
        self._first: dict[Hashable, int] = {}

    def open(self, sheet: JudgedSheet) -> None:
        """The sheet whose rows are seen from now on."""
        self._sheets.append(sheet)

    def __contains__(self, key: object) -> bool:
        return key in self._first

    def repeats(self, keys: Sequence[Hashable], start: int) -> Iterator[tuple[int, JudgedSheet, int]]:
        """Each row of the open sheet from ``start`` on whose key stands already, with the sheet and place of the
        row that stands. Keys of None are nobody's."""
        sheet = self._sheets[-1]
        status, first = sheet.status, self._first
        base = (len(self._sheets) - 1) * _SHEET
        for place in range(start, len(sheet)):
            key = keys[place - start]
            if key is None or status[place] == ERROR:
                continue
            standing = first.setdefault(key, base + place)
            if standing != base + place:
                yield place, self._sheets[standing // _SHEET], standing % _SHEET


def mark_repeated_identifiers(sheet: JudgedSheet, start: int, first: FirstRows) -> None:
    """Rows of an open sheet, from ``start`` on, whose identifier an earlier row has."""
    births = sheet.part("birth")
    for place, other, at in first.repeats(sheet.part("identifier")[start:], start):
        agree = other.part("birth")[at] == births[place]
        reason = "identical" if agree else "conflicting_birth_date"
        sheet.mark(place, DUPLICATE, reason, of=[other.name, other.numbers[at]])


def mark_repeated_institutions(sheet: JudgedSheet, start: int, first: FirstRows, code: str) -> None:
    """Rows of an open sheet, from ``start`` on, whose institution an earlier row names."""
    for place, other, at in first.repeats(institution_keys(sheet, start), start):
        sheet.mark(place, DUPLICATE, code, of=[other.name, other.numbers[at]])


def institution_keys(sheet: JudgedSheet, start: int = 0) -> list[Hashable]:
    """Name and subdistrict of every row from ``start`` on."""
    return list(zip(sheet.part("centre")[start:], sheet.part("subdistrict")[start:], strict=True))


def mark_namesakes(sheets: Sequence[JudgedSheet]) -> None:
    """Rows without an identifier whose name and birth date another row has.

    The other row is any with an identifier, or else an earlier one without; it is neither error nor duplicate.
    """
    waiting = {
        birth
        for sheet in sheets
        for identifier, birth, status in zip(sheet.part("identifier"), sheet.part("birth"), sheet.status, strict=True)
        if identifier is None and birth is not None and status <= WARNING
    }
    if not waiting:
        return
    known: dict[tuple[str, str, date], tuple[JudgedSheet, int]] = {}
    nameless: list[tuple[tuple[str, str, date], JudgedSheet, int]] = []
    for sheet in sheets:
        births, identifiers = sheet.part("birth"), sheet.part("identifier")
        firsts, lasts = sheet.part("first"), sheet.part("last")
        for place in sheet.imported():
            birth = births[place]
            if birth in waiting:
                key = (firsts[place], lasts[place], birth)
                if identifiers[place] is None:
                    nameless.append((key, sheet, place))
                else:
                    known.setdefault(key, (sheet, place))
    for key, sheet, place in nameless:
        other, at = known.setdefault(key, (sheet, place))
        if other is not sheet or at != place:
            of: Any = [other.name, other.numbers[at]]
            sheet.mark(place, POSSIBLE, "same_name_and_birth_date", of=of)
