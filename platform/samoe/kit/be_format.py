"""Dates written for people: Buddhist Era in Thai, Common Era in English."""

from datetime import date

from samoe.kit.be_date import BE, LONG_MONTHS, SHORT_MONTHS

_ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def short(day: date, locale: str = "th", precision: str = "day") -> str:
    """``12 ก.ค. 2564``, in English ``12 Jul 2021``; as much of it as the precision allows."""
    return _written(day, locale, precision, SHORT_MONTHS, tuple(name[:3] for name in _ENGLISH))


def long(day: date, locale: str = "th", precision: str = "day") -> str:
    """``12 กรกฎาคม 2564``, in English ``12 July 2021``; as much of it as the precision allows."""
    return _written(day, locale, precision, LONG_MONTHS, _ENGLISH)


def span(start: date, end: date, locale: str = "th") -> str:
    """Both ends of a period, joined by a dash: ``15 ม.ค. 2564 – 14 ม.ค. 2565``."""
    return f"{short(start, locale)} – {short(end, locale)}"


def _written(day: date, locale: str, precision: str, thai: tuple[str, ...], english: tuple[str, ...]) -> str:
    in_english = locale.startswith("en")
    year = str(day.year if in_english else day.year + BE)
    if precision == "year":
        return year
    month = (english if in_english else thai)[day.month - 1]
    return f"{month} {year}" if precision == "month" else f"{day.day} {month} {year}"
