"""Files of centres: lists, amounts within bounds, states of data, and sheets of scores."""

from typing import Any

import pytest

from samoe.intake.judging import Judged, as_json
from samoe.intake.reading import Cell
from tests.unit.intake.samples import areas, judged, manifest, under

GROUP = "centre_development"
LIST = ["ชื่อ ศพด.", "ตำบล", "อำเภอ", "จำนวนเงินที่ขอ (บาท)"]
SCALE = manifest(GROUP).scale("ecd_standard")
SCORED = ["ชื่อ ศพด.", "ตำบล", "อำเภอ", *SCALE.items]


def centre(name: str = "ศพด.บ้านใหม่", amount: Cell = 8000.0) -> list[Cell]:
    return [name, "นาแก", "งาว", amount]


def scores(name: str = "บ้านใหม่", change: dict[str, Cell] | None = None) -> list[Cell]:
    marks: dict[str, Cell] = dict.fromkeys(SCALE.items, "2")
    return [name, "นาแก", "งาว", *(marks | (change or {})).values()]


def found(*sheets: list[list[Cell]], **options: Any) -> Judged:
    named = [(name, rows) for name, rows in zip("กข", sheets, strict=False)]
    return judged(*named, group=GROUP, **options)


def verdicts(judged_file: Judged) -> list[tuple[str, ...]]:
    return [(row.judged_as, *row.reasons) for sheet in judged_file.sheets for row in sheet.rows()]


@pytest.mark.parametrize(
    ("amount", "good"),
    [(7000.0, True), ("25,000 บาท", True), ("6,999.99", False), (25_000.01, False), ("", False), ("มาก", False)],
)
def test_amounts_lie_within_the_bounds_of_the_province(amount: Cell, good: bool) -> None:
    expected = ("ok",) if good else ("error", "grant_out_of_range")
    assert verdicts(found([LIST, centre(amount=amount)])) == [expected]


def test_a_province_without_bounds_refuses_no_amount() -> None:
    assert verdicts(found([LIST, centre(amount=1.0)], bounds={})) == [("ok",)]


def test_a_centre_is_its_bare_name_in_its_subdistrict() -> None:
    rows = [centre(), centre("ศูนย์พัฒนาเด็กเล็ก บ้าน ใหม่"), ["บ้านใหม่", "ปงเตา", "งาว", 8000.0], centre("ศพด.")]
    judged_file = found([LIST, *rows])
    assert verdicts(judged_file) == [("ok",), ("duplicate_in_file", "same_centre"), ("ok",), ("error", "name_missing")]
    assert judged_file.sheets[0].row(1).extra == {"of": ["ก", 2]}


def test_states_of_data() -> None:
    header = ["ชื่อ ศพด.", "ตำบล", "อำเภอ", "สถานะข้อมูล"]
    rows = [centre(name, state) for name, state in zip("กขคง", ["ครบถ้วน", "กำลังส่งข้อมูล", "", "ไม่แน่"], strict=True)]
    judged_file = found([header, *rows])
    assert verdicts(judged_file) == [("ok",), ("warning", "data_pending"), ("ok",), ("ok",)]
    assert judged_file.sheets[0].part("submission") == ["complete", "sending", None, None]
    assert judged_file.unread == {"status": 1}


def test_scores_become_the_result_of_the_standard() -> None:
    optional = dict.fromkeys(SCALE.optional_items, "ไม่ประเมิน")
    judged_file = found([LIST, centre()], [SCORED, scores(change={**optional, "1.1.1": "๐", "1.2.1": 0.0})])
    report = as_json(judged_file, manifest(GROUP), areas(), under(manifest(GROUP)))
    assert report["levels"] == {"520506 บ้านใหม่": {"zeros": 2, "not_applicable": 7, "level": "B"}}
    assert report["totals"] == {"amount_baht": 8000, "imported": 1}
    assert report["distinct_centres"] == 1
    assert judged_file.sheets[1].answers["assessment"][0]["scores"]["1.1.2"] == 2


@pytest.mark.parametrize("mark", ["4", "", "ก", 2.5, "n/a", "-", "ไม่ประเมิน"])
def test_marks_that_an_item_cannot_have(mark: Cell) -> None:
    judged_file = found([LIST, centre()], [SCORED, scores(change={"1.1.1": mark})])
    assert verdicts(judged_file)[1] == ("error", "score_out_of_range")


def test_a_missing_item_is_a_mark_that_cannot_be() -> None:
    judged_file = found([LIST, centre()], [SCORED[:-1], scores()[:-1]])
    assert verdicts(judged_file)[1] == ("error", "score_out_of_range")


def test_only_listed_centres_are_scored_and_each_once() -> None:
    sheets = [LIST, centre(), centre("อื่น", 1.0)], [SCORED, scores(), scores("ศพด. บ้านใหม่"), scores("อื่น")]
    judged_file = found(*sheets)
    assert verdicts(judged_file)[2:] == [
        ("ok",),
        ("duplicate_in_file", "same_centre"),
        ("error", "centre_not_in_list"),
    ]


def test_scores_without_a_list_stand_for_themselves() -> None:
    judged_file = found([SCORED, scores()])
    assert verdicts(judged_file) == [("ok",)]
    assert judged_file.classes["data_rows"] == 1


def test_scores_may_come_before_the_list() -> None:
    judged_file = found([SCORED, scores()], [LIST, centre()])
    assert [sheet.name for sheet in judged_file.sheets] == ["ก", "ข"]
    assert verdicts(judged_file) == [("ok",), ("ok",)]
