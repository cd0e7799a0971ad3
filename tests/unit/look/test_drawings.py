"""Charts tell the truth: no data is never 0, short is said in words, three answers keep their order."""

import re

import pytest

from samoe.web.templates import environment
from tests.unit.look.drawing import ROOT

UI = environment(ROOT).globals["ui"]
MAPS = environment(ROOT).get_template("components/charts/maps.html").module
THAILAND = environment(ROOT).get_template("components/charts/thailand.html").module.thailand


def test_a_missing_number_is_said_and_never_drawn_as_zero() -> None:
    drawn = UI.bullet_bars([{"label": "แม่พริก", "actual": None, "target": 60}], "คน")
    assert "ไม่มีข้อมูล" in drawn
    assert "f-hatch" in drawn
    assert not re.search(r'class="num value">0<', drawn)
    assert "ไม่มีข้อมูล" in UI.key_number("จ่ายแล้ว", None, "คน")
    assert ">0<" in UI.key_number("จ่ายแล้ว", 0, "คน")


@pytest.mark.parametrize(
    ("actual", "words", "red"),
    [(181, "ขาด 29", True), (195, "ขาด 15", False), (210, "ครบ", False), (216, "เกิน 6", False)],
)
def test_the_difference_from_the_target_is_in_words(actual: int, words: str, red: bool) -> None:
    drawn = UI.bullet_bars([{"label": "เถิน", "actual": actual, "target": 210}], "คน")
    assert words in drawn
    assert ("f-krang" in drawn) == red


def test_three_answers_keep_their_order_and_the_unknown_stays_visible() -> None:
    drawn = UI.three_part_bar(2050, 3077, 1)
    assert drawn.index("f-kram") < drawn.index("f-neutral") < drawn.index("f-hatch")
    hatch = re.search(r'f-hatch[^>]*width="([\d.]+)%"', drawn)
    assert hatch is not None
    assert float(hatch.group(1)) >= 1


def test_a_share_with_nobody_in_it_draws() -> None:
    assert "<svg" in UI.three_part_bar(0, 0, 0)
    assert "<table" in UI.funnel([{"label": "ทั้งหมด", "left": 0, "dropped": None}])


@pytest.mark.parametrize(("value", "found"), [(0, "1"), (14.9, "1"), (15, "2"), (30, "4"), (99, "5")])
def test_classes_have_fixed_breaks(value: float, found: str) -> None:
    assert MAPS.class_of(value, [15, 25, 30, 36]) == found


def test_a_value_too_small_to_show_is_closed() -> None:
    drawn = UI.tile_map([{"label": "เกาะคา", "value": "few"}], [1, 2, 3, 4], "แผนที่")
    assert "f-dots" in drawn
    assert "ปิดไว้" in drawn


def test_the_map_holds_every_province_once() -> None:
    assert len(THAILAND) == 77
    assert all(place["d"].startswith("M") and place["th"] and place["en"] for place in THAILAND.values())
    assert len([place for place in THAILAND.values() if place["abbr"]]) == 20


def test_levels_fill_from_below() -> None:
    fill = re.compile(r'height="([\d.]+)"/></svg>')
    heights = [float(found) for share in (0.25, 0.5, 0.75) for found in fill.findall(UI.level_glyph(share))]
    assert heights == sorted(heights)
    assert len(set(heights)) == 3
    assert "f-hatch" in UI.level_glyph("unknown")
    assert "f-krang" in UI.level_glyph("full", "krang")


def test_a_whole_name_is_masked_as_its_parts_are() -> None:
    mask = environment(ROOT).filters["mask_name"]
    assert mask("เด็กหญิงกมลชนก สมบัติ") == mask("ด.ญ. กมลชนก สมบัติ") == "ด.ญ. ก••• ส•••••"
    assert mask("นางคำ ใจดี") == "นาง ค••• ใจ•••••"
    assert mask(None) == mask("") == ""
