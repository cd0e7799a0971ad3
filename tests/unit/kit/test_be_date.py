"""One reader of dates, and how dates are shown."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.kit.be_date import LONG_MONTHS, SHORT_MONTHS, age_on, read, read_fields, read_loose
from samoe.kit.be_format import long, short, span
from samoe.kit.thai import thai_digits

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(DAYS)
def test_every_written_form_of_a_day_is_read_alike(day: date) -> None:
    year = day.year + 543
    forms = (
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02}-{day.month:02}-{year}",
        f"{day.day} {SHORT_MONTHS[day.month - 1]} {year}",
        f"{day.day} {LONG_MONTHS[day.month - 1]} {year}",
        thai_digits(f"{day.day}/{day.month}/{year}"),
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        day,
        datetime(day.year, day.month, day.day, 12),  # noqa: DTZ001
    )
    for form in forms:
        assert read(form) == (day, "day", None, False)


@given(DAYS)
def test_what_is_shown_can_be_read(day: date) -> None:
    assert read(short(day)).day == read(long(day)).day == day


@given(DAYS)
def test_three_fields_read_as_one_text(day: date) -> None:
    assert read_fields(str(day.day), LONG_MONTHS[day.month - 1], str(day.year + 543)).day == day


def test_a_true_date_typed_in_a_gregorian_spreadsheet() -> None:
    assert read(date(2561, 1, 15)).day == date(2018, 1, 15)
    assert read(date(2560, 2, 29)).problem == "impossible"


def test_two_digits_are_a_buddhist_year() -> None:
    assert read("27-02-61") == (date(2018, 2, 27), "day", None, True)


@pytest.mark.parametrize("typed", ["31/2/2561", "15/13/2558", "29 ก.พ. 2560", "2559-06-31", "0/1/2560"])
def test_days_that_do_not_exist(typed: str) -> None:
    assert read(typed).problem == "impossible"


@pytest.mark.parametrize(
    "typed",
    ["ต้นปี 2559", "พ.ค. 2558", "2558", 2558.0, "1/2", "1/2-2558", "1.2.2558", "1/2/256", "44211"],
)
def test_what_is_not_a_whole_date(typed: object) -> None:
    assert read(typed).problem == "unreadable"


@pytest.mark.parametrize("typed", ["", "-", "ไม่ทราบ", None])
def test_a_missing_date(typed: object) -> None:
    assert read(typed).problem == "missing"


def test_a_part_of_a_date_keeps_its_precision() -> None:
    assert read_loose("ก.ค. 2564") == (date(2021, 7, 1), "month", None, False)
    assert read_loose("พ.ศ. 2564") == (date(2021, 1, 1), "year", None, False)
    assert read_fields("", "7", "๒๕๖๔") == (date(2021, 7, 1), "month", None, False)
    assert read_fields("", "", "2564").precision == "year"
    assert read_fields("3", "", "2564").problem == "unreadable"
    assert read_fields("", "", "").problem == "missing"
    assert read_fields("31", "ก.พ.", "2564").problem == "impossible"


def test_shown_in_both_languages() -> None:
    day = date(2021, 7, 12)
    assert (short(day), long(day)) == ("12 ก.ค. 2564", "12 กรกฎาคม 2564")
    assert (short(day, "en"), long(day, "en")) == ("12 Jul 2021", "12 July 2021")
    assert short(day, precision="month") == "ก.ค. 2564"
    assert long(day, "en", "year") == "2021"
    assert span(day, date(2022, 1, 14)) == "12 ก.ค. 2564 – 14 ม.ค. 2565"


def test_age_in_full_years() -> None:
    assert age_on(date(2006, 3, 31), date(2021, 3, 30)) == 14
    assert age_on(date(2006, 3, 31), date(2021, 3, 31)) == 15
