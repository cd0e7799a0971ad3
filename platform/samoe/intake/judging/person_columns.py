"""Reads the platform's own columns. Each reader takes a cleaned column and notes its faults by place."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from samoe.intake.judging.areas import ELSEWHERE, Areas, Place
from samoe.intake.judging.faults import Faults
from samoe.intake.reading import Cell
from samoe.kit import be_date, national_id, phones
from samoe.kit.names import Name, split_full_name
from samoe.kit.national_id import has_good_check_digit
from samoe.kit.thai import BLANKS

CENTRE_PREFIXES = ("ศูนย์พัฒนาเด็กเล็ก", "ศพด.")


def read_identifiers(column: Sequence[Cell], faults: Faults) -> list[str | None]:
    """Identifiers. The common forms take a short way; everything else goes through the one parser."""
    values: list[str | None] = []
    keep = values.append
    for place, cell in enumerate(column):
        typed: Any = cell
        if typed.__class__ is float:
            typed = str(int(typed)) if typed.is_integer() else typed
        elif typed.__class__ is str and len(typed) == 17:
            typed = typed.replace("-", "")
        if typed.__class__ is str and len(typed) == 13 and typed[0] != "9":
            try:
                good = has_good_check_digit(typed)
            except KeyError:
                pass
            else:
                if good:
                    keep(typed)
                    continue
        found = national_id.read(cell)
        keep(found.value)
        if found.problem:
            faults.error(place, found.problem)
        elif found.doubt:
            faults.warning(place, found.doubt)
    return values


class BirthDates:
    """Birth dates as of a day; the same texts come again and again, so each is read once."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self._memo: dict[Cell, tuple[date | None, str | None, str | None]] = {}

    def read(self, column: Sequence[Cell], faults: Faults) -> list[date | None]:
        values = []
        memo = self._memo
        for place, cell in enumerate(column):
            known = memo.get(cell)
            if known is None:
                known = memo[cell] = self._judge(cell)
            day, error, warning = known
            values.append(day)
            if error:
                faults.error(place, error)
            elif warning:
                faults.warning(place, warning)
        return values

    def _judge(self, cell: Cell) -> tuple[date | None, str | None, str | None]:
        found = be_date.read(cell)
        if found.problem == "missing":
            return None, None, "birth_date_missing"
        if found.day is None:
            return None, f"birth_date_{found.problem}", None
        if self._as_of and found.day > self._as_of:
            return found.day, "birth_date_future", None
        if self._as_of and be_date.age_on(found.day, self._as_of) > be_date.OLDEST:
            return found.day, "birth_date_long_ago", None
        return found.day, None, "birth_date_2digit_year" if found.short_year else None


def read_full_names(column: Sequence[str]) -> list[Name]:
    return [split_full_name(text) for text in column]


def join_names(titles: Sequence[str], firsts: Sequence[str], lasts: Sequence[str]) -> list[Name]:
    """Names out of separate columns."""
    return [
        Name(
            "" if title in BLANKS else title,
            "" if first in BLANKS else first,
            "" if last in BLANKS else last,
        )
        for title, first, last in zip(titles, firsts, lasts, strict=True)
    ]


def check_names(names: Sequence[Name], faults: Faults) -> None:
    for place, name in enumerate(names):
        if not name.first:
            faults.error(place, "name_missing")
        elif not name.last:
            faults.warning(place, "family_name_missing")


def read_places(
    areas: Areas, districts: Sequence[str], subdistricts: Sequence[str], faults: Faults, provinces: Sequence[str]
) -> list[Place]:
    """The areas of rows. A row that names another province has none here, whatever its district is called."""
    found = list(map(areas.place, districts, subdistricts))
    for place, area in enumerate(found):
        if provinces[place] and not areas.is_here(provinces[place]):
            faults.error(place, "other_province")
            found[place] = ELSEWHERE
            continue
        if area.problem:
            faults.error(place, area.problem)
            if area.suggest:
                faults.suggestions[place] = area.suggest
    return found


class CentreNames:
    """Names of centres without the word for centre and without spaces, so that they compare."""

    def __init__(self) -> None:
        self._memo: dict[str, str | None] = dict.fromkeys(BLANKS)

    def read(self, column: Sequence[str]) -> list[str | None]:
        memo = self._memo
        for text in column:
            if text not in memo:
                memo[text] = bare_centre(text)
        return [memo[text] for text in column]


def bare_centre(text: str) -> str | None:
    """``ศพด. บ้านใหม่`` as ``บ้านใหม่``; None if nothing is left. Exports mark some names with a star at the end."""
    name = text.replace(" ", "").rstrip("*")
    for prefix in CENTRE_PREFIXES:
        if name.startswith(prefix):
            return name.removeprefix(prefix) or None
    return name or None


def read_phones(column: Sequence[Cell], faults: Faults) -> list[tuple[str, ...] | None]:
    """Phone numbers out of cells as typed, because a line break separates two numbers."""
    values: list[tuple[str, ...] | None] = []
    for place, cell in enumerate(column):
        if not cell or cell == "-":
            values.append(None)
            continue
        typed = cell.replace("-", "") if isinstance(cell, str) else ""
        if len(typed) == 10 and typed[0] == "0" and typed.isascii() and typed.isdecimal():
            values.append((typed,))
            continue
        found = phones.read(cell)
        values.append(found.numbers or None)
        if found.doubtful:
            faults.warning(place, "phone_unreadable")
    return values
