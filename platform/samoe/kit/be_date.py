"""One reader of dates for pages, files and API. People write B.E. years; what is stored is a C.E. date."""

import re
from datetime import date, datetime
from typing import Final, NamedTuple

from samoe.kit.numbers import written_out
from samoe.kit.thai import arabic_digits, clean, is_blank

BE: Final = 543
FIRST_BE_YEAR: Final = 2400
OLDEST: Final = 150
"""Years that nobody lives to: an age above it is a slip of the pen."""

SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
LONG_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS = {name: number for names in (SHORT_MONTHS, LONG_MONTHS) for number, name in enumerate(names, start=1)}

_NAMES = "|".join(re.escape(name) for name in sorted(MONTHS, key=len, reverse=True))
_NUMBERS = re.compile(r"(\d{1,2}) ?([/-]) ?(\d{1,2}) ?\2 ?(\d{2}|\d{4})", re.ASCII)
_WORDS = re.compile(rf"(\d{{1,2}}) ?({_NAMES}) ?(?:พ\.ศ\. ?|ค\.ศ\. ?)?(\d{{2}}|\d{{4}})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH_YEAR = re.compile(rf"({_NAMES}) ?(?:พ\.ศ\. ?|ค\.ศ\. ?)?(\d{{4}})", re.ASCII)
_YEAR = re.compile(r"(?:พ\.ศ\. ?|ค\.ศ\. ?)?(\d{4})", re.ASCII)


class ReadDate(NamedTuple):
    """What was read.

    ``problem`` is ``missing``, ``impossible`` (no such day, as 31 ก.พ. or 29 ก.พ. of a common year) or
    ``unreadable``, and then there is no ``day``. ``precision`` says how much of the day was given; a part
    that was not is 1. ``short_year`` tells that the year had two digits and was taken as B.E. 25yy.
    """

    day: date | None
    precision: str = "unknown"
    problem: str | None = None
    short_year: bool = False


MISSING = ReadDate(None, problem="missing")
IMPOSSIBLE = ReadDate(None, problem="impossible")
UNREADABLE = ReadDate(None, problem="unreadable")


def read(value: object) -> ReadDate:
    """A whole date from a cell or one field.

    Read are a true date, ``d/m/y``, ``d-m-y``, ``d ม.ค. y`` and ``yyyy-mm-dd``, with Thai digits too.
    """
    if isinstance(value, date):
        return _true_date(value)
    text = arabic_digits(clean(written_out(value)))
    if is_blank(text):
        return MISSING
    if found := _NUMBERS.fullmatch(text):
        day, _, month, year = found.groups()
        return _dated(day, month, year)
    if found := _WORDS.fullmatch(text):
        day, name, year = found.groups()
        return _dated(day, str(MONTHS[name]), year)
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
        return _dated(day, month, year)
    return UNREADABLE


def read_loose(text: str) -> ReadDate:
    """As ``read``, and also a month with its year or a year alone, with the precision that this leaves."""
    whole = read(text)
    if whole.problem != "unreadable":
        return whole
    typed = arabic_digits(clean(text))
    if found := _MONTH_YEAR.fullmatch(typed):
        return _dated("1", str(MONTHS[found.group(1)]), found.group(2), "month")
    if found := _YEAR.fullmatch(typed):
        return _dated("1", "1", found.group(1), "year")
    return UNREADABLE


def read_fields(day: str, month: str, year: str) -> ReadDate:
    """A date from the three fields of a page.

    The month may be a number or a Thai name. Day, or day and month, may be left empty, which lowers the
    precision; a gap (a day without its month) is unreadable.
    """
    day, month, year = (arabic_digits(clean(part)) for part in (day, month, year))
    if not (day or month or year):
        return MISSING
    number = str(MONTHS[month]) if month in MONTHS else month
    if not re.fullmatch(r"\d{2}|\d{4}", year, re.ASCII) or (day and not month):
        return UNREADABLE
    for part in (day, number):
        if part and not re.fullmatch(r"\d{1,2}", part, re.ASCII):
            return UNREADABLE
    precision = "day" if day else "month" if month else "year"
    return _dated(day or "1", number or "1", year, precision)


def _true_date(value: date) -> ReadDate:
    """A spreadsheet's own date. Typed in a Gregorian Excel, 15/1/2561 is stored as the year 2561."""
    day = value.date() if isinstance(value, datetime) else value
    if day.year < FIRST_BE_YEAR:
        return ReadDate(day, "day")
    try:
        return ReadDate(day.replace(year=day.year - BE), "day")
    except ValueError:
        return IMPOSSIBLE


def _dated(day: str, month: str, year: str, precision: str = "day") -> ReadDate:
    number = int(year)
    short_year = len(year) == 2
    if short_year:
        number += 2500
    if number >= FIRST_BE_YEAR:
        number -= BE
    try:
        return ReadDate(date(number, int(month), int(day)), precision, None, short_year)
    except ValueError:
        return IMPOSSIBLE


def be_year(day: date) -> int:
    """The Buddhist Era year a date lies in."""
    return day.year + BE


def age_on(birth: date, day: date) -> int:
    """Age in full years. Someone born on 29 February grows older on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
