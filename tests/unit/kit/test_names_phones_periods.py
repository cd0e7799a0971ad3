"""Names, phones and the calendars of reports."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.kit import periods, phones
from samoe.kit.names import fitting_title, masked, normalised, sex_of, split_full_name
from samoe.kit.uuid7 import uuid7


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("ด.ช.สมชาย ใจดี", ("ด.ช.", "สมชาย", "ใจดี")),
        ("นางสาว อารี ณ ลำปาง", ("นางสาว", "อารี", "ณ ลำปาง")),
        ("นางอารี", ("นาง", "อารี", "")),
        ("เด็กหญิง", ("เด็กหญิง", "", "")),
        ("อารี -", ("", "อารี", "")),
        ("-", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_full_names(typed: str, parts: tuple[str, str, str]) -> None:
    assert split_full_name(typed) == parts


def test_names_compare_without_title() -> None:
    assert normalised(" คํามี\u200b", "ณ  ลำปาง") == "คำมี ณ ลำปาง"
    assert normalised("อารี", "") == "อารี"


def test_masks_do_not_tell_the_length() -> None:
    assert masked("เด็กหญิง", "กมล", "สุข") == masked("ด.ญ.", "กาญจนาภรณ์", "สมบูรณ์ทรัพย์") == "ด.ญ. ก••• ส•••••"
    assert masked("", "เกศ", "") == "เก•••"


def test_titles() -> None:
    assert sex_of("ด.ญ.") == "female"
    assert sex_of("ช") == "male"
    assert sex_of("พระ") is None
    assert [fitting_title("female", 14), fitting_title("female", 15), fitting_title(None, 3)] == [
        "เด็กหญิง",
        "นางสาว",
        None,
    ]


@pytest.mark.parametrize(
    ("typed", "numbers", "doubtful"),
    [
        ("090-0009583 / 054-000851", ("0900009583", "054000851"), False),
        ("0600000760\n054-000-857", ("0600000760", "054000857"), False),
        (660008128.0, ("0660008128",), False),
        (76000589.0, ("076000589",), False),
        ("๐๘๑-๐๐๐-๑๒๓๔", ("0810001234",), False),
        ("0800012", (), True),
        ("0810001234, 08000", ("0810001234",), True),
        ("-", (), False),
        ("ไม่มี", (), False),
        ("", (), False),
    ],
)
def test_phones(typed: object, numbers: tuple[str, ...], doubtful: bool) -> None:
    assert phones.read(typed) == (numbers, doubtful)


def test_phones_shown() -> None:
    assert phones.shown("0810001234") == "081-000-1234"
    assert phones.shown("054000857") == "054-000-857"
    assert phones.shown("020001234") == "02-000-1234"
    assert phones.e164("0810001234") == "+66810001234"


def test_calendars() -> None:
    assert periods.fiscal_year(date(2020, 9, 30)) == 2563
    assert periods.fiscal_year(date(2020, 10, 1)) == 2564
    assert periods.fiscal_quarter(date(2020, 10, 1)) == 1
    assert periods.fiscal_quarter(date(2021, 9, 30)) == 4
    assert periods.school_year(date(2021, 5, 15)) == 2563
    assert periods.school_year(date(2021, 5, 16)) == 2564
    assert periods.school_term(date(2021, 3, 1)) == 2
    assert periods.school_term(date(2021, 7, 1)) == 1
    assert periods.school_term(date(2021, 4, 15)) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_every_day_lies_in_its_own_year(day: date) -> None:
    assert day in periods.fiscal_year_days(periods.fiscal_year(day))
    assert day in periods.school_year_days(periods.school_year(day))


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2050, 1, 1)), st.integers(min_value=0, max_value=900))
def test_quarters_of_a_phase_leave_no_gap(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    quarters = periods.phase_quarters(start, end)
    assert (quarters[0].start, quarters[-1].end) == (start, end)
    for before, after in pairwise(quarters):
        assert after.start - before.end == timedelta(days=1)


def test_quarters_of_a_real_phase() -> None:
    assert periods.phase_quarter(date(2021, 1, 15), date(2022, 1, 14), date(2021, 4, 15)) == 2
    assert periods.phase_quarter(date(2021, 1, 15), date(2022, 1, 14), date(2022, 1, 15)) is None
    assert periods.months_later(date(2021, 1, 31), 1) == date(2021, 2, 28)


def test_ids_are_ordered_by_time() -> None:
    ids = [uuid7() for _ in range(100)]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
