"""Which row is the header, what its columns mean, and what is left over."""

import pytest

from samoe.intake.judging import Options, propose
from samoe.intake.reading import UnreadableFile
from tests.unit.intake.samples import PERSON_HEADER, areas, judged, manifest, person, rows, workbook


def columns(header: list[str], **options: object) -> dict[str, str]:
    """Field by header text."""
    plan = propose(
        workbook(("ก", [header, ["1"] * len(header)])),
        manifest(),
        areas(),
        Options(**options),  # type: ignore[arg-type]
    )
    return {column.header: column.field for column in plan.sheets[0].columns}


def test_headers_compare_without_white_space_and_unseen_signs() -> None:
    found = columns(["เลขประจําตัว\u200b\n๑๓ หลัก", " วัน/เดือน/ปี\nเกิด ", "ชื่อ -สกุล", "ตําบล"])
    assert list(found.values()) == ["id", "birth", "fullname", "subdistrict"]


def test_a_merged_header_takes_the_lower_text_or_else_the_upper() -> None:
    upper = ["ที่", "ชื่อ - สกุล", "อำเภอ", "ตำบล", "การเรียน", ""]
    lower = ["", "", "", "", "ออกจากชั้น", "สาเหตุ"]
    sheet = judged(("ก", [["บัญชี"], upper, lower, ["1", "ก ข", "งาว", "นาแก", "ป.6", "ย้ายถิ่นที่อยู่"]])).sheets[0]
    assert sheet.plan.header_rows == (2, 3)
    assert [column.field for column in sheet.plan.columns] == [
        "seq",
        "fullname",
        "district",
        "subdistrict",
        "last_grade",
        "reason",
    ]
    assert sheet.row(0).answers == {"last_grade": "ป.6", "reason": "moved"}


def test_two_cells_that_look_like_headers_are_no_header() -> None:
    first = judged(("ก", [["ที่", "ชื่อ", "ไม่ใช่"], PERSON_HEADER, person()])).sheets[0]
    assert first.plan.header_rows == (2,)
    assert first.numbers == [3]


def test_titles_are_kept() -> None:
    sheet = judged(("ก", [["ทะเบียน", "", "ปี 2563"], [], PERSON_HEADER, person()])).sheets[0]
    assert sheet.plan.titles == ("ทะเบียน", "ปี 2563")


def test_columns_that_nothing_fits_are_named_and_guessed_at() -> None:
    plan = judged(("ก", [[*PERSON_HEADER, "สีที่ชอบ", "ชื่อของผู้ปกครอง", ""], person()])).plan
    assert plan.unmapped == ("สีที่ชอบ", "ชื่อของผู้ปกครอง")
    assert [column.guess for column in plan.sheets[0].columns[6:]] == ["", "guardian", ""]


def test_a_person_can_say_what_a_column_means_or_that_it_means_nothing() -> None:
    found = judged(
        ("ก", [[*PERSON_HEADER, "สีที่ชอบ", "มือถือ"], [*person(), "แดง", "0810001234"]]),
        columns={"มือถือ": "phone", "สีที่ชอบ": ""},
    )
    assert found.plan.unmapped == ()
    assert found.sheets[0].part("phones")[0] == ("0810001234",)


def test_what_is_said_of_a_header_wins_over_its_usual_meaning() -> None:
    assert columns([*PERSON_HEADER, "หมู่"], columns={"หมู่": "house"})["หมู่"] == "house"


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        columns(PERSON_HEADER, columns={"สีที่ชอบ": "colour"})
    assert refusal.value.code == "unknown_field"


def test_an_item_of_a_standard_is_said_by_its_code() -> None:
    header = ["ชื่อ ศพด.", "ตำบล", "อำเภอ", "ข้อแรก"]
    plan = judged(
        ("ก", [header, ["ก", "นาแก", "งาว", 3.0]]), group="centre_development", columns={"ข้อแรก": "1.1.1"}
    ).plan
    assert plan.sheets[0].role == "scores"


def test_what_every_row_needs_and_nobody_gave_is_named() -> None:
    plan = judged(("ก", [["ที่", "ชื่อ", "อำเภอ"], ["1", "ก ข", "งาว"]])).plan
    assert plan.absent(of_persons=True) == ("subdistrict",)
    assert plan.absent(of_persons=False) == ("centre", "subdistrict")
    assert judged(("ก", [PERSON_HEADER, person()])).plan.absent(of_persons=True) == ()


def test_of_two_columns_of_one_field_the_first_is_read() -> None:
    found = judged(("ก", [[*PERSON_HEADER, "โทรศัพท์", "เบอร์โทร"], [*person(), "0810001234", "0820001234"]]))
    assert found.sheets[0].part("phones")[0] == ("0810001234",)
    assert found.plan.sheets[0].columns[-1].left_out
    assert found.plan.unmapped == ()


def test_the_header_row_can_be_pointed_at() -> None:
    wrong = ["ที่", "ชื่อ", "ตำบล"]
    sheet = judged(("ก", [wrong, PERSON_HEADER, person()]), header_rows={"ก": 2}).sheets[0]
    assert sheet.plan.header_rows == (2,)


def test_samples_show_what_is_in_a_column() -> None:
    plan = judged(("ก", [PERSON_HEADER, person(), person(name="-"), person(), person(name="ก ข")])).plan
    assert plan.sheets[0].columns[2].samples == ("ด.ญ.สมมติ ตัวอย่าง", "-", "ก ข")


def test_the_same_headers_have_the_same_fingerprint() -> None:
    one = judged(("ก", [PERSON_HEADER, person()])).plan.sheets[0]
    other = judged(("ข", [["บัญชี"], [f" {header}" for header in PERSON_HEADER], person()])).plan.sheets[0]
    assert one.fingerprint == other.fingerprint


def test_sheets_that_hold_no_table_are_skipped_with_a_reason() -> None:
    found = judged(("คำชี้แจง", [["กรอกให้ครบ"]]), ("ว่าง", []), ("ข้อมูล", [PERSON_HEADER, person()]))
    assert [(sheet.name, sheet.reason) for sheet in found.plan.sheets] == [
        ("คำชี้แจง", "no_header"),
        ("ว่าง", "empty"),
        ("ข้อมูล", ""),
    ]
    assert [sheet.name for sheet in found.sheets] == ["ข้อมูล"]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ([("ก", [["ไม่มี", "หัว", "ตาราง"]])], "no_header"),
        ([("ก", [])], "empty"),
        ([("ก", [PERSON_HEADER])], "no_rows"),
        ([("ก", [PERSON_HEADER, ["รวม", "", "", "", "", ""]])], "no_rows"),
    ],
)
def test_files_without_rows(sheets: list[tuple[str, list[list[str]]]], code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        judged(*sheets)
    assert refusal.value.code == code


def test_a_lone_name_column_holds_whole_names() -> None:
    (row,) = rows(["ด.ช.ก ข", "นาแก", "งาว"], header=["ชื่อ", "ตำบล", "อำเภอ"])
    assert row.subject[1:4] == ("ด.ช.", "ก", "ข")
