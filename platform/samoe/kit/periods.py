"""The calendars of a report: fiscal year, school year and term, quarters of a phase. Years are B.E."""

from datetime import date, timedelta
from typing import NamedTuple

from samoe.kit.be_date import BE


class Period(NamedTuple):
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def fiscal_year(day: date) -> int:
    """The government's year, 1 October to 30 September, named by the B.E. year in which it ends."""
    return day.year + BE + (1 if day.month >= 10 else 0)


def fiscal_year_days(year: int) -> Period:
    return Period(date(year - BE - 1, 10, 1), date(year - BE, 9, 30))


def fiscal_quarter(day: date) -> int:
    """1 for October to December, up to 4 for July to September."""
    return ((day.month - 10) % 12) // 3 + 1


def school_year(day: date) -> int:
    """The school year, 16 May to 15 May, named by the B.E. year in which it begins."""
    return day.year + BE - (0 if (day.month, day.day) >= (5, 16) else 1)


def school_year_days(year: int) -> Period:
    return Period(date(year - BE, 5, 16), date(year - BE + 1, 5, 15))


def school_term(day: date) -> int | None:
    """Term 1 (16 May to 11 October) or 2 (1 November to 1 April); None in the holidays."""
    year = school_year(day)
    for term in (1, 2):
        if day in school_term_days(year, term):
            return term
    return None


def school_term_days(year: int, term: int) -> Period:
    """The days of a term by the rule of B.E. 2549; schools may differ."""
    if term == 1:
        return Period(date(year - BE, 5, 16), date(year - BE, 10, 11))
    return Period(date(year - BE, 11, 1), date(year - BE + 1, 4, 1))


def phase_quarters(start: date, end: date) -> list[Period]:
    """A phase in pieces of three months counted from its own first day; the last may be shorter."""
    quarters = []
    number = 0
    while (first := months_later(start, 3 * number)) <= end:
        number += 1
        quarters.append(Period(first, min(months_later(start, 3 * number) - timedelta(days=1), end)))
    return quarters


def phase_quarter(start: date, end: date, day: date) -> int | None:
    """Which quarter of the phase a day falls in, from 1; None outside the phase."""
    for number, quarter in enumerate(phase_quarters(start, end), start=1):
        if day in quarter:
            return number
    return None


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    first_after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(index // 12, index % 12 + 1, min(day.day, last))
