"""The group's own columns: ticks, money, counts, percents, choices and texts, as manifests declare them."""

from typing import Any

import pytest

from samoe.intake.judging.answer_columns import answer_column, choice_reader, money_reader
from samoe.intake.judging.faults import Faults
from samoe.intake.reading import Cell
from samoe.sdk import Column, Field, Option, Text
from tests.unit.intake.samples import PERSON_HEADER, areas, judged, person, rows

WORDS = Text("คำ", "word")


def read(kind: str, reader: str, *cells: Cell, partial: bool = False, **column: Any) -> list[Any]:
    options = (
        Option("work", Text("ทำงาน", "Work"), ("หางานทำ",)),
        Option("1", Text("บุคคลที่มีความบกพร่อง ทางการเห็น", "Visual"), ("ประเภทที่ 1",)),
    )
    field = Field(
        "f",
        kind,
        WORDS,
        options=options if kind in ("choice", "choices") else (),
        partial=kind == "date" and partial,
        level="subdistrict",
    )
    faults = Faults()
    values = answer_column(Column("c", ("ค",), reader, **column), field, areas()).read(cells, faults)
    codes = {place: next(iter(codes)) for found in (faults.warnings, faults.errors) for place, codes in found.items()}
    return [f"{value}!{codes[place]}" if place in codes else value for place, value in enumerate(values)]


def test_several_choices_are_read_from_one_cell() -> None:
    cells = ("หางานทำ", "ประเภทที่ 1, ทำงาน", "ทำงาน/1", "ทำงาน, อื่น ๆ", "", "1;1")
    assert read("choices", "choices", *cells) == [["work"], ["work", "1"], ["work", "1"], None, None, ["1"]]


def test_numbers_of_people_and_telephones() -> None:
    assert read("phone", "phone", "081 234 5678", 812345678, "081-2345678, 054-123456", "ไม่มี") == [
        "0812345678", "0812345678", None, None,
    ]  # fmt: skip
    assert read("national_id", "national_id", "1-1017-00230-70-8", "1101700230709", "g012345678901", "12") == [
        "1101700230708", None, "G012345678901", None,
    ]  # fmt: skip


def test_areas_by_code_and_by_name() -> None:
    cells = ("5205", "520501", "อ.งาว", "ต.นาแก อ.งาว", "ตำบลนาแก อำเภองาว", "นาแก", "8301", "ต.ไม่มี อ.งาว")
    read_as = read("area", "area", *cells)
    assert read_as[:3] == ["5205", "520501", "5205"]
    assert read_as[3] == read_as[4]
    assert read_as[3].startswith("5205")
    assert len(read_as[3]) == 6
    assert read_as[5:] == [None, None, None]


def test_dates_that_are_known_in_part() -> None:
    cells = ("15 ม.ค. 2564", "ม.ค. 2564", "2564", "31/2/2564", "ปีก่อน")
    assert read("date", "date", *cells, partial=True) == ["2021-01-15", "2021-01", "2021", None, None]
    assert read("date", "date", *cells) == ["2021-01-15", None, None, None, None]


def test_ticks() -> None:
    yes: list[Cell] = ["✓", "✔", "/", "1", "๑", "ใช่", "มี", 1.0, True]
    no: list[Cell] = ["", "-", "ไม่มี", "0", "๐", "ไม่ใช่", 0.0, False]
    assert read("flag", "tick", *yes) == [True] * len(yes)
    assert read("flag", "tick", *no) == [False] * len(no)
    assert read("flag", "tick", "อาจจะ", 2.0) == [None, None]


def test_money() -> None:
    cells: list[Cell] = ["16,000", "๑๘,๕๐๐", "37,000.-", "10,500 บาท", 20999.93, 0.0, "-", "ไม่แน่นอน", -5.0, "1e3"]
    codes = {"missing": "gone", "unreadable": "odd", "zero": "nil"}
    assert read("money", "money", *cells, **codes) == [
        1_600_000,
        1_850_000,
        3_700_000,
        1_050_000,
        2_099_993,
        "0!nil",
        "None!gone",
        "None!odd",
        "None!odd",
        "None!odd",
    ]


def test_money_is_multiplied_before_it_is_rounded() -> None:
    assert money_reader(12)("3,000.001") == 3_600_002
    assert money_reader(12)(3000.0) == 3_600_000
    # A third of a sum, as a spreadsheet keeps it, times three is the sum.
    assert money_reader(3)(6400 / 3) == 640_000


def test_counts_and_percents() -> None:
    assert read(
        "count", "count", "2 คน", "๔", 3.0, 2.5, "-1", "0", "", zero="nil", missing="gone", unreadable="odd"
    ) == [
        2,
        4,
        3,
        "None!odd",
        "None!odd",
        "0!nil",
        "None!gone",
    ]
    assert read("percent", "percent", "ร้อยละ 16", "14%", 12.5, "มาก") == [16, 14, 12.5, None]
    assert read("number", "number", "-1.5", 2.0) == [-1.5, 2]
    assert read("percent", "percent", 100, "100.5") == [100, None]


def test_a_number_beyond_the_bounds_of_its_question_is_none() -> None:
    bounded = Field("f", "count", WORDS, min=1, max=40)
    column = answer_column(Column("c", ("ค",), "count", zero="nil"), bounded, areas())
    assert column.read((1, 40, 41, 0), Faults()) == [1, 40, None, 0]


def test_choices_know_every_wording() -> None:
    cells: list[Cell] = ["ทำงาน", "หางาน ทำ", "WORK", 1.0, "๑", "ประเภทที่1", "บุคคลที่มีความบกพร่องทางการเห็น", "10", ""]
    assert read("choice", "choice", *cells) == ["work", "work", "work", "1", "1", "1", "1", None, None]
    assert read("choice", "choice", "10", "", missing="gone", unreadable="odd", severity="error") == [
        "None!odd",
        "None!gone",
    ]
    assert read("choice", "choice", "10", "", blank="work", otherwise="1") == ["1", "work"]
    assert choice_reader([])("อะไร") is None


def test_texts_and_days() -> None:
    assert read("text", "text", "ป.6", 7.0, "-", missing="gone") == ["ป.6", "7", "None!gone"]
    assert read("date", "date", "1/2/2561", "1/2/61", "เมื่อวาน") == ["2018-02-01", "2018-02-01", None]


def test_a_cell_that_no_rule_speaks_of_is_left_out_and_counted() -> None:
    found = judged(("ก", [[*PERSON_HEADER, "ความต้องการ"], [*person(), "ไปดวงจันทร์"]]))
    assert found.classes["ok"] == 1
    assert found.sheets[0].row(0).answers == {}
    assert found.unread == {"wish": 1}


def test_two_columns_of_one_field_complete_each_other() -> None:
    header = [*PERSON_HEADER, "รายได้ครัวเรือนต่อเดือน (บาท)", "รายได้ครัวเรือนต่อปี (บาท)", "สมาชิกครัวเรือน"]
    data: list[list[Cell]] = [
        [*person(), "1,000", "", 2.0],
        [*person("0830197209842", "ก ข"), "", "12,000", 2.0],
        [*person("1520194120485", "ค ง"), "", "", 2.0],
        [*person("1520195885761", "จ ฉ"), "ไม่แน่", "12,000", 0.0],
    ]
    found = rows(*data, header=header, group="early_childhood")
    assert [row.answers.get("household_income") for row in found] == [1_200_000, 1_200_000, None, 1_200_000]
    assert [row.reasons for row in found] == [
        (),
        (),
        ("income_missing",),
        ("income_unreadable", "members_zero"),
    ]


@pytest.mark.parametrize(
    ("typed", "code"), [("๓", None), ("ดาวน์ซินโดรม", "disability_unknown"), ("", "disability_unknown")]
)
def test_a_code_of_the_group_can_be_an_error(typed: str, code: str | None) -> None:
    (row,) = rows([*person(), typed], header=[*PERSON_HEADER, "ประเภทความพิการ"], group="special_needs")
    assert row.reasons == ((code,) if code else ())
    assert row.judged_as == ("error" if code else "ok")
