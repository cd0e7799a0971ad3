"""Identifiers in all the forms that files hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.th import pin

from samoe.kit.national_id import check_digit, has_good_check_digit, masked, read, shown
from samoe.kit.thai import thai_digits

TWELVE = st.text(alphabet="0123456789", min_size=12, max_size=12).filter(lambda text: text[0] != "9")


@given(st.text(alphabet="0123456789", min_size=13, max_size=13))
def test_check_digits_agree_with_the_library(number: str) -> None:
    assert has_good_check_digit(number) == (pin.calc_check_digit(number) == number[12])


@given(TWELVE)
def test_every_way_of_typing_gives_the_same_id(first: str) -> None:
    number = first + check_digit(first)
    dashed = f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"
    for typed in (
        number,
        dashed,
        dashed.replace("-", " "),
        f"'{number}",
        thai_digits(dashed),
        f" {number}\u200b",
    ):
        assert read(typed) == (number, "national", None, None)


@given(TWELVE)
def test_a_spreadsheet_number_is_written_out_and_gets_its_zero_back(first: str) -> None:
    number = first + check_digit(first)
    identifier = read(float(number))
    if number[0] == "0" and number[1] != "0":
        assert identifier == (number, "national", None, "id_leading_zero_restored")
    elif number[0] != "0":
        assert identifier == (number, "national", None, None)


@pytest.mark.parametrize("typed", ["", "-", "–", "ไม่มี", "ไม่ทราบ", "N/A", " ", None, "'", "- -"])
def test_no_identifier(typed: object) -> None:
    assert read(typed) == (None, None, None, "id_missing")


@pytest.mark.parametrize(
    "typed",
    ["123", "15201945448625", "9520194120485", "520198851920", "G12345", "๙๕๒๐๑๙๔๑๒๐๔๘๕", "ด.ช.", 1.5, True],
)
def test_what_is_no_identifier(typed: object) -> None:
    assert read(typed).problem == "id_bad_length"


@pytest.mark.parametrize("typed", ["1.5201E+12", "1.8301e+12", "1E+12", "๑.๕E+12"])
def test_a_number_that_a_spreadsheet_destroyed(typed: str) -> None:
    assert read(typed).problem == "id_scientific"


def test_a_wrong_check_digit_is_a_doubt_only() -> None:
    assert read("1-5201-91831-80-9") == ("1520191831809", "national", None, "id_checksum")


def test_ids_of_people_without_registration_begin_with_zero() -> None:
    assert read("0830197209842").value == "0830197209842"


def test_g_codes_are_kept_with_a_capital() -> None:
    assert read("g64-4200000001") == ("G644200000001", "g_code", None, None)


def test_shown_and_masked() -> None:
    assert shown("1520512345674") == "1-5205-12345-67-4"
    assert masked("1520512345674") == "1-5205-•••••-••-4"
    assert masked("G644200000001") == "G6442••••••••"
