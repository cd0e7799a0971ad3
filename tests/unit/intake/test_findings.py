"""Lists of items that need improvement: the ministry's export, what it says and what it leaves open."""

from datetime import date
from typing import Any

import pytest

from samoe.intake.judging import Judged, Options, judge
from samoe.intake.judging.findings import day_of
from samoe.intake.reading import Cell, open_workbook
from tests.unit.intake.samples import AS_OF, FILES, areas, judged, manifest

GROUP = "centre_development"
SCALE = manifest(GROUP).scale("ecd_standard")
HEAD = ["ตำบล", "อำเภอ", "ชื่อสถานพัฒนาเด็กปฐมวัย", "ข้อที่ต้องปรับปรุง"]
KNOWN = frozenset({(name, "520506") for name in ("บ้านดง", "บ้านใหม่", "บ้านห้วย", "บ้านหนอง")})


def read(items: Cell, head: list[Cell] | None = None, *more: Cell, **options: Any) -> Judged:
    rows = [head or HEAD, ["นาแก", "งาว", "ศพด.บ้านดง", items, *more]]
    return judged(("ก", rows), group=GROUP, **options)


def result(found: Judged) -> Any:
    return found.sheets[0].row(0).answers.get("assessment")


def test_the_ministrys_export_is_read_as_it_comes() -> None:
    """Old Excel, a title above the header, an opening day of 17, a star after a name, a list cut off at 255 signs."""
    found = judge(
        open_workbook(FILES / "improvement_export.xls"), manifest(GROUP), areas(), Options(as_of=AS_OF, enrolled=KNOWN)
    )
    rows = list(found.sheets[0].rows())
    assert [(row.judged_as, *row.reasons) for row in rows] == [
        ("ok",), ("warning", "nothing_listed"), ("warning", "list_cut_off"), ("warning", "unknown_item"),
        ("error", "centre_not_enrolled"), ("error", "other_province"),
    ]  # fmt: skip
    assert rows[0].answers == {
        "assessment": {
            "version": "2561", "scores": {"1.3.3": 0, "1.4.5": 0, "3.1.3ข": 0}, "lowest": 3, "listed": True,
            "level": "B",
        },
        "assessment_year": 2563,
    }  # fmt: skip
    assert rows[1].answers == {}, "nothing listed is no result: it may have passed, and it may not have been assessed"
    assert rows[3].extra == {"unknown": ["9.9.9"]}


def test_items_that_are_not_listed_are_left_open() -> None:
    known = result(read("1.1.1, ๑.๑.๒,3.1.1 ข"))
    assert known["scores"] == {"1.1.1": 0, "1.1.2": 0, "3.1.1ข": 0}
    assert "total" not in known
    assert SCALE.failing(known) == ("1.1.1", "1.1.2", "3.1.1ข")


@pytest.mark.parametrize(
    ("items", "level"),
    [
        (",".join(SCALE.items[:7]), "B"), (",".join(SCALE.items[:7]) + ",9.9", None),
        (",".join(SCALE.items[:15]) + ",2.4", None), (",".join(SCALE.items[:16]) + ",2.4", "D"),
    ],
)  # fmt: skip
def test_a_list_that_is_not_whole_has_a_level_only_where_it_cannot_get_worse(items: str, level: str | None) -> None:
    assert result(read(items)).get("level") == level


def test_the_year_is_the_rows_else_the_titles_else_that_of_the_day() -> None:
    assert read("1.1.1").sheets[0].row(0).answers["assessment_year"] == 2564
    own = read("1.1.1", [*HEAD, "ปีที่ประเมิน"], 2562.0).sheets[0].row(0)
    assert own.answers["assessment_year"] == 2562
    assert day_of(2562, AS_OF) == date(2019, 12, 31)
    assert day_of(2564, AS_OF) == AS_OF


def test_where_nothing_is_known_of_the_group_no_centre_is_refused() -> None:
    assert [row.judged_as for row in read("1.1.1").sheets[0].rows()] == ["ok"]
    assert read("1.1.1", enrolled=frozenset()).sheets[0].row(0).reasons == ("centre_not_enrolled",)


def test_sheets_made_before_the_standard_was_read_keep_their_codes() -> None:
    old = {"1.4.7": "1.5.5", "3.2.6ก": "3.1.2ก", "3.7.4ข": "3.6.5ข"}
    head = ["ชื่อ ศพด.", "ตำบล", "อำเภอ", *(old.get(item, item) for item in SCALE.items)]
    marks = ["0" if item == "1.4.7" else "2" for item in SCALE.items]
    known = judged(("ก", [head, ["บ้านดง", "นาแก", "งาว", *marks]]), group=GROUP)
    assert known.sheets[0].answers["assessment"][0]["scores"]["1.4.7"] == 0
