"""Amounts: read exactly or refused with a reason, shown with commas, and written in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samoe.kit.amount_words import english_words, thai_number, thai_words
from samoe.kit.numbers import BadNumber, parse_int, read_decimal
from samoe.kit.satang import LARGEST, BadMoney, baht, baht_short, from_baht, parse
from samoe.kit.thai import thai_digits


@given(st.integers(min_value=0, max_value=LARGEST))
def test_what_is_shown_can_be_read_back(satang: int) -> None:
    for shown in (baht(satang), thai_digits(baht(satang)), f"{baht_short(satang)} บาท"):
        assert parse(shown) == satang


def test_amounts_as_people_type_them() -> None:
    assert parse("๑,๒๓๔.๕๐") == 123450
    assert parse("800.-") == parse("฿800") == parse(" 800 ") == 80000
    assert parse("-5", negative=True) == -500


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "money_missing"),
        ("1e3", "money_exponent"),
        ("1E+3", "money_exponent"),
        ("12,34", "money_grouping"),
        ("1.234", "money_decimals"),
        ("-5", "money_negative"),
        ("แปดร้อย", "money_unreadable"),
        ("nan", "money_unreadable"),
        ("99999999999999999", "money_too_large"),
    ],
)
def test_amounts_that_are_refused(typed: str, code: str) -> None:
    with pytest.raises(BadMoney) as refusal:
        parse(typed)
    assert refusal.value.code == code


@given(st.decimals(min_value=0, max_value=10**9, places=4), st.integers(min_value=0, max_value=10**11))
def test_rounding_never_changes_a_comparison_with_a_limit(amount: Decimal, limit: int) -> None:
    assert (from_baht(amount) <= limit) == (amount * 100 <= limit)


@pytest.mark.parametrize(
    ("satang", "words"),
    [
        (164000000, "หนึ่งล้านหกแสนสี่หมื่นบาทถ้วน"),
        (80050, "แปดร้อยบาทห้าสิบสตางค์"),
        (2100, "ยี่สิบเอ็ดบาทถ้วน"),
        (1100, "สิบเอ็ดบาทถ้วน"),
        (10100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (100000100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (1100000000, "สิบเอ็ดล้านบาทถ้วน"),
        (100, "หนึ่งบาทถ้วน"),
        (1, "หนึ่งสตางค์"),
        (0, "ศูนย์บาทถ้วน"),
        (-2000, "ลบยี่สิบบาทถ้วน"),
        (43225000, "สี่แสนสามหมื่นสองพันสองร้อยห้าสิบบาทถ้วน"),
    ],
)
def test_thai_words(satang: int, words: str) -> None:
    assert thai_words(satang) == words


def test_english_words() -> None:
    assert english_words(164000000) == "one million six hundred and forty thousand baht only"
    assert english_words(80050) == "eight hundred baht and fifty satang"
    assert english_words(100500) == "one thousand and five baht only"
    assert english_words(75) == "seventy-five satang"
    assert english_words(0) == "zero baht only"


@given(st.integers(min_value=1, max_value=999_999), st.integers(min_value=1, max_value=999_999))
def test_millions_are_read_before_the_rest(millions: int, rest: int) -> None:
    assert thai_number(millions * 1_000_000) == f"{thai_number(millions)}ล้าน"
    assert thai_number(millions * 1_000_000 + rest).startswith(f"{thai_number(millions)}ล้าน")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("16,000", "16000"),
        ("๒๐,๙๙๙.๙๓", "20999.93"),
        ("37,000.-", "37000"),
        ("10,500 บาท", "10500"),
        ("2 คน", "2"),
        ("ร้อยละ 16", "16"),
        ("14%", "14"),
        (20999.93, "20999.93"),
        (0.1 + 0.2, "0.3"),
        (6400.0, "6400"),
    ],
)
def test_numbers_in_cells(typed: object, number: str) -> None:
    assert read_decimal(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["ไม่แน่นอน", "", "1e3", "1-2", None, True, "--"])
def test_cells_without_a_number(typed: object) -> None:
    assert read_decimal(typed) is None


def test_whole_numbers() -> None:
    assert parse_int("๑,๒๓๔") == 1234
    for typed, code in (("1.5", "number_not_whole"), ("x", "number_unreadable"), ("", "number_missing")):
        with pytest.raises(BadNumber) as refusal:
            parse_int(typed)
        assert refusal.value.code == code
    with pytest.raises(BadNumber):
        parse_int("0", least=1)
    with pytest.raises(BadNumber):
        parse_int("9", most=8)
