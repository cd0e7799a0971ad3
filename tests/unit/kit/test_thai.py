"""Cleaning is the same one by one and in bulk, and the order is that of a Thai dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from samoe.kit.thai import arabic_digits, clean, clean_all, is_blank, sort_key, sort_keys, squeeze, thai_digits

MESSY = st.text(alphabet=" \t\n\u00a0\u200b\ufeff\u2060\x1f\x00กเแา้ํำน1๑-.", max_size=12)


def test_invisible_signs_and_odd_spaces_go() -> None:
    assert clean("\ufeff ศพด.\u00a0บ้าน\u200bใหม่ \n ") == "ศพด. บ้านใหม่"


def test_every_way_of_typing_sara_am_becomes_one() -> None:
    assert clean("นํ้า") == clean("น้ํา") == clean("น้ำ") == "น้ำ"
    assert clean("ตําบล") == "ตำบล"


def test_two_sara_e_become_sara_ae() -> None:
    assert clean("เเม่เมาะ") == "แม่เมาะ"


@given(MESSY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.lists(MESSY, max_size=8))
def test_bulk_cleaning_equals_cleaning_one_by_one(texts: list[str]) -> None:
    assert clean_all(texts) == [clean(text) for text in texts]


@given(st.integers(min_value=0))
def test_digits_go_there_and_back(number: int) -> None:
    assert arabic_digits(thai_digits(str(number))) == str(number)


def test_blank_words() -> None:
    assert all(map(is_blank, ("", "-", "–", "ไม่มี", "ไม่ทราบ", "n/a", "N/A")))
    assert not is_blank("0")


def test_squeezed_headers_compare() -> None:
    assert squeeze("เลขประจำตัว\n๑๓ หลัก") == squeeze("เลขประจําตัว 13 หลัก\u200b")


def test_names_sort_as_in_a_dictionary() -> None:
    ordered = ["เกาะคา", "งาว", "แจ้ห่ม", "เมืองลำปาง", "แม่เมาะ", "เสริมงาม", "ห้างฉัตร"]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sort_key_is_the_definition_of_the_database() -> None:
    assert sort_key("แจ้ห่ม (ใหม่)") == "จแหมหใม ้่่"


@given(st.lists(st.text(alphabet="เแก็่้์ฯ .()-\n\u241fAΣ๑", max_size=12)))
def test_sort_keys_of_many_are_those_of_each(texts: list[str]) -> None:
    assert sort_keys(texts) == [sort_key(text) for text in texts]
