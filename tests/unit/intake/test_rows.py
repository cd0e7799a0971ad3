"""What one row says of a person: values, faults and classes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.intake.judging import CLASSES, Person
from samoe.intake.reading import Cell
from samoe.kit.nearness import one_edit_apart
from tests.unit.intake.samples import PERSON_HEADER, areas, judged, person, rows


def verdict(*row: Cell, header: list[str] = PERSON_HEADER, **more: object) -> tuple[str, list[str]]:
    found = rows(row, header=header, **more)[0]
    return found.judged_as, list(found.reasons)


def test_a_good_row_as_a_person() -> None:
    header = [*PERSON_HEADER, "เพศ", "บ้านเลขที่", "หมู่ที่", "ศพด.", "ชื่อผู้ปกครอง", "โทรศัพท์", "หมายเหตุ"]
    more: list[Cell] = ["ญ", "12/3", 4.0, "ศูนย์พัฒนาเด็กเล็ก บ้านใหม่", "นางก ข", "081-000-1234\n054-000-123", "-"]
    (row,) = rows([*person(name="ด.ญ. สมมติ\u200b  ณ ลําปาง"), *more], header=header)
    assert row.judged_as == "ok"
    assert row.subject == Person(
        identifier="1520197266715",
        title="ด.ญ.",
        first="สมมติ",
        last="ณ ลำปาง",
        sex="female",
        birth=date(2007, 2, 1),
        house="12/3",
        moo="4",
        subdistrict="520101",
        district="5201",
        centre="บ้านใหม่",
        guardian="นางก ข",
        phones=("0810001234", "054000123"),
    )


@pytest.mark.parametrize(
    ("row", "judged_as", "reasons"),
    [
        (person(identifier="-"), "warning", ["id_missing"]),
        (person(identifier="1520197266716"), "warning", ["id_checksum"]),
        (person(identifier=520198851923.0), "warning", ["id_leading_zero_restored"]),
        (person(identifier="G644200000001"), "ok", []),
        (person(identifier="123"), "error", ["id_bad_length"]),
        (person(identifier="1.5201E+12"), "error", ["id_scientific"]),
        (person(name="ด.ช."), "error", ["name_missing"]),
        (person(name="-"), "error", ["name_missing"]),
        (person(name="ด.ช.สมมติ"), "warning", ["family_name_missing"]),
        (person(birth="ไม่ทราบ"), "warning", ["birth_date_missing"]),
        (person(birth="1/2/50"), "warning", ["birth_date_2digit_year"]),
        (person(birth="31/2/2550"), "error", ["birth_date_impossible"]),
        (person(birth=date(2560, 2, 29)), "error", ["birth_date_impossible"]),
        (person(birth="ก.พ. 2550"), "error", ["birth_date_unreadable"]),
        (person(birth="31/3/2564"), "ok", []),
        (person(birth="1/4/2564"), "error", ["birth_date_future"]),
        (person(birth="1/4/2410"), "error", ["birth_date_long_ago"]),
        (person(district="ลี้"), "error", ["district_unknown"]),
        (person(district=""), "error", ["district_unknown"]),
        (person(subdistrict="นาแก"), "error", ["subdistrict_not_in_district"]),
        (person(subdistrict=""), "error", ["subdistrict_unknown"]),
        (person(subdistrict="ต. เวียงเหนือ", district="อำเภอเมืองลําปาง"), "ok", []),
        (person("-", "ก ข", "", "นาแกก", "งาว"), "error", ["subdistrict_unknown"]),
        (person("1.5E+12", "-", "31/2/2550"), "error", ["birth_date_impossible", "id_scientific", "name_missing"]),
        (person("", "ก ข", "1/2/50"), "warning", ["birth_date_2digit_year", "id_missing"]),
    ],
)
def test_classes_and_reasons(row: list[Cell], judged_as: str, reasons: list[str]) -> None:
    assert verdict(*row) == (judged_as, reasons)


def test_a_row_with_something_to_say_keeps_what_was_typed() -> None:
    good, bad = rows(person(), person(identifier="123"))
    assert good.typed is None
    assert bad.typed == person(identifier="123")


def test_a_misspelt_subdistrict_gets_a_suggestion() -> None:
    assert rows(person(subdistrict="เวียงเหนอ"))[0].extra == {"suggest": "520101"}
    assert rows(person(subdistrict="ไม่มีที่นี่"))[0].extra == {}


@given(st.text("กขค", max_size=4), st.text("กขค", max_size=4))
def test_one_edit_apart(one: str, other: str) -> None:
    def edits(text: str) -> set[str]:
        cuts = [(text[:at], text[at:]) for at in range(len(text) + 1)]
        dropped = {left + right[1:] for left, right in cuts if right}
        changed = {left + sign + right[1:] for left, right in cuts if right for sign in "กขค"}
        added = {left + sign + right for left, right in cuts for sign in "กขค"}
        return (dropped | changed | added) - {text}

    assert one_edit_apart(one, other) == (other in edits(one))


def test_the_capital_district_may_be_called_by_half_its_name() -> None:
    assert areas("52").district("อ.เมือง") == areas("52").district("เมืองลำปาง") == "5201"
    assert areas("83").district("เมือง") == "8301"
    assert areas("52").district("เมืองปาน") == "5213"


def test_names_in_separate_columns() -> None:
    header = ["คำนำหน้า", "ชื่อ", "นามสกุล", "ตำบล", "อำเภอ"]
    (row,) = rows(["น.ส.", "นายิกา", "-", "นาแก", "งาว"], header=header)
    assert row.subject[1:5] == ("น.ส.", "นายิกา", "", "female")
    assert row.reasons == ("birth_date_missing", "family_name_missing", "id_missing")


def test_phones_that_cannot_be_read() -> None:
    assert verdict(*person(), "08000", header=[*PERSON_HEADER, "โทรศัพท์"]) == ("warning", ["phone_unreadable"])


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "-", "1/2/2550", "1520197266715", "งาว", "นาแก", "รวม", "✓", "ด.ช.ก ข", "๑๒", "\x1f", "\u241f"]
    ),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
)


@settings(max_examples=150)
@given(st.lists(st.lists(CELLS, max_size=9), min_size=1, max_size=8))
def test_every_data_row_gets_exactly_one_class_whatever_it_holds(data: list[list[Cell]]) -> None:
    header = [*PERSON_HEADER, "ความต้องการ", "ต้องการความช่วยเหลือ", "โทรศัพท์"]
    found = judged(("ก", [header, *data, person()]))
    assert found.classes["data_rows"] == sum(found.classes[name] for name in CLASSES)
    assert found.classes["data_rows"] + sum(found.ignored_rows.values()) == len(data) + 2
    for row in found.sheets[0].rows():
        assert (row.judged_as == "ok") == (not row.reasons)
