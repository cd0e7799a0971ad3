"""What a file itself tells about how it is to be read."""

from datetime import date

import pytest

from samoe.intake.reading import Cell
from tests.unit.intake.samples import AS_OF, PERSON_HEADER, judged, person

HEADER = ["ชื่อ - สกุล", "อำเภอ", "ตำบล", "ศพด."]


def typed_once(*cells: list[Cell]) -> list[list[Cell]]:
    return [[f"ก{number} ข", *row] for number, row in enumerate(cells)]


FILLED = typed_once(["งาว", "นาแก", "ศพด.ก"], ["", "", ""], ["", "", ""], ["", "ปงเตา", "ศพด.ข"], ["", "", ""])


def test_areas_and_places_typed_once_hold_for_the_rows_below() -> None:
    found = judged(("ก", [HEADER, *FILLED]))
    assert found.plan.fill_down == ("district", "subdistrict", "centre")
    assert found.sheets[0].part("subdistrict") == ["520506"] * 3 + ["520505"] * 2
    assert found.sheets[0].part("centre") == ["ก", "ก", "ก", "ข", "ข"]


def test_a_column_that_is_blank_where_the_area_is_not_is_left_blank() -> None:
    rows = typed_once(["งาว", "นาแก", "ศพด.ก"], ["งาว", "นาแก", ""], ["", "", ""], ["งาว", "นาแก", ""], ["", "", "ข"])
    found = judged(("ก", [HEADER, *rows]))
    assert found.plan.fill_down == ("district", "subdistrict")
    assert found.sheets[0].part("centre") == ["ก", None, None, None, "ข"]


def test_a_few_slips_are_no_habit() -> None:
    rows = typed_once(*[["งาว", "นาแก", "ศพด.ก"]] * 20, ["งาว", "", "ศพด.ก"])
    found = judged(("ก", [HEADER, *rows]))
    assert found.plan.fill_down == ()
    assert found.reasons["subdistrict_unknown"] == 1


def test_a_column_whose_first_row_is_blank_was_not_typed_in_this_way() -> None:
    assert judged(("ก", [HEADER, *typed_once(["", "", ""], ["งาว", "นาแก", ""])])).plan.fill_down == ()


def test_what_is_said_of_filling_down_stands() -> None:
    assert judged(("ก", [HEADER, *FILLED]), fill_down=()).classes["error"] == 4
    assert judged(("ก", [HEADER, *FILLED]), fill_down=("district",)).classes["error"] == 3


def test_values_do_not_run_over_into_the_next_sheet_or_out_of_sum_rows() -> None:
    sums: list[list[Cell]] = [["รวม", "งาว", "บ้านร้อง", "ศพด.ค"], ["ค ค", "", "", ""]]
    found = judged(("ก", [HEADER, *FILLED, *sums]), ("ข", [HEADER, *typed_once(["", "", ""])]), fill_down=("district",))
    assert found.sheets[0].part("district")[-1] == "5205"
    assert found.sheets[1].part("district") == [None]


def test_rows_in_error_are_filled_from_too() -> None:
    rows = typed_once(["งาว", "นาแกก", ""], ["", "", ""], ["", "นาแก", ""])
    found = judged(("ก", [HEADER, *rows]), fill_down=("district", "subdistrict"))
    assert found.reasons["subdistrict_unknown"] == 2


def test_the_name_of_a_sheet_is_its_district_where_no_column_is() -> None:
    header = [header for header in PERSON_HEADER if header != "อำเภอ"]
    found = judged(("เมือง", [header, person()[:5]]), ("อ.งาว", [header, person(subdistrict="นาแก")[:5]]))
    assert found.plan.district_from_sheet_name
    assert [sheet.part("district")[0] for sheet in found.sheets] == ["5201", "5205"]


@pytest.mark.parametrize("names", [("ข้อมูล",), ("งาวใหม่", "Sheet1")])
def test_other_names_of_sheets_are_no_districts(names: tuple[str, ...]) -> None:
    header = [header for header in PERSON_HEADER if header != "อำเภอ"]
    found = judged(*((name, [header, person()[:5]]) for name in names))
    assert not found.plan.district_from_sheet_name
    assert found.reasons["district_unknown"] == len(names)


def test_a_column_of_districts_wins_over_the_name_of_the_sheet() -> None:
    assert not judged(("งาว", [PERSON_HEADER, person()])).plan.district_from_sheet_name
    forced = judged(("งาว", [PERSON_HEADER, person(subdistrict="นาแก")]), district_from_sheet_name=True)
    assert forced.sheets[0].part("district") == ["5205"]


@pytest.mark.parametrize(
    "title",
    [
        "ข้อมูล ณ วันที่ 15 มกราคม 2564",
        "ข้อมูล ณ วันที่ ๑๕ ม.ค. ๒๕๖๔ (ฉบับแก้ไข)",
        "ณ วันที่ 15/1/2564",
        "ณ วันที่ 15 มกราคม พ.ศ. 2564",
    ],
)
def test_a_title_says_of_which_day_the_file_is(title: str) -> None:
    plan = judged(("ก", [[title], PERSON_HEADER, person()]), as_of=None, phase_day=AS_OF).plan
    assert (plan.as_of, plan.as_of_from) == (date(2021, 1, 15), "title")


@pytest.mark.parametrize("title", ["โครงการปี 2564", "15 มกราคม 2564 ถึง 14 มกราคม 2565", "ณ วันที่ 31 ก.พ. 2564"])
def test_other_titles_say_nothing(title: str) -> None:
    plan = judged(("ก", [[title], PERSON_HEADER, person()]), as_of=None, phase_day=AS_OF).plan
    assert (plan.as_of, plan.as_of_from) == (AS_OF, "phase")


def test_without_any_day_nothing_is_in_the_future() -> None:
    found = judged(("ก", [PERSON_HEADER, person(birth="1/1/2600")]), as_of=None)
    assert found.classes["error"] == 0
    assert found.plan.as_json()["as_of"] is None


def test_only_chosen_sheets_are_read() -> None:
    found = judged(("ก", [PERSON_HEADER, person()]), ("ข", [PERSON_HEADER, person()]), sheets=("ข",))
    assert [sheet.name for sheet in found.sheets] == ["ข"]
    assert found.plan.sheets[0].reason == "not_chosen"
