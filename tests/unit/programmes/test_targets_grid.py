"""Blocks pasted from Excel and targets divided over districts and quarters: whatever comes, nothing is made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.kit.problem import Problem
from samoe.kit.thai import clean, thai_digits
from samoe.programmes.targets.forms import write_span
from samoe.programmes.targets.pasting import read_pasted
from samoe.programmes.targets.queries import Cell, Span, Targets
from samoe.programmes.targets.splitting import as_before, split
from samoe.tenancy.areas import districts

LAMPANG = {area.code: area for area in districts("52")}
CODES = list(LAMPANG)

spans = st.tuples(st.integers(0, 99_999), st.integers(0, 9_999)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
grids = st.dictionaries(
    st.sampled_from(CODES), st.lists(st.none() | spans, min_size=5, max_size=5), min_size=1, max_size=13
)
"""Four quarters and the phase, some of them blank."""


def written(span: Span | None, *, thai: bool) -> str:
    text = write_span(span)
    return thai_digits(text) if thai else text


@settings(max_examples=150, deadline=None)
@given(grid=grids, thai=st.booleans(), titled=st.booleans(), numbered=st.booleans(), heading=st.booleans())
def test_what_excel_copies_is_read_back_exactly(
    grid: dict[str, list[Span | None]], *, thai: bool, titled: bool, numbered: bool, heading: bool
) -> None:
    lines = []
    if heading:
        lines.append(
            "\t".join((["ที่"] if numbered else []) + ["อำเภอ", "ไตรมาส 1", "ไตรมาสที่ ๒", "Q3", "ไตรมาส 4", "รวม"])
        )
    for number, (code, row) in enumerate(grid.items(), start=1):
        name = ("อ." if titled else "") + LAMPANG[code].th
        lines.append("\t".join([*([str(number)] if numbered else []), name, *(written(one, thai=thai) for one in row)]))
    found = read_pasted("\r\n".join(lines), "52", CODES, 4)
    assert (found.unread, [name for name in found.left_out if name != "อำเภอ"]) == ((), [])
    quarters = (1, 2, 3, 4, None)
    wanted = {Cell(c, q): one for c, row in grid.items() for q, one in zip(quarters, row, strict=True) if one}
    assert found.cells == wanted


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ก\tงาว แม่เมาะรวม12๓-,\n–", max_size=200))
def test_any_text_is_read_or_told_of_and_never_breaks(text: str) -> None:
    if not clean(text):
        return
    found = read_pasted(text, "52", CODES, 4)
    assert {cell.district for cell in found.cells} <= {*CODES, None}
    assert all(0 <= span.least <= span.most for span in found.cells.values())
    assert len(found.lines) in {sum(bool(clean(line)) for line in text.splitlines()) - less for less in (0, 1)}


def test_a_name_misspelt_is_read_and_told_and_a_strange_one_is_not_read() -> None:
    text = (
        "แม่เมาะะ\t10\t20\t30\t40\nกะทู้\t1\t1\t1\t1\nงาว\t๕\t-\tสิบ\t\nงาว\t1\t2\t3\t4\nงาว\t9\t9\t9\t9\n"
        "รวมทั้งสิ้น\t11\t22\t33\t850 - 1,000"
    )
    found = read_pasted(text, "52", CODES, 4)
    assert [line.note is not None for line in found.read] == [True, False, False]
    assert [line.number for line in found.unread] == [2, 3, 5]
    assert found.cells[Cell("5202", 4)] == Span(40, 40)
    assert found.cells[Cell(None, 4)] == Span(850, 1000)
    assert found.cells[Cell("5205", 1)] == Span(1, 1), "the line with a fault is left out whole"


def test_places_outside_the_scope_and_wrong_widths_are_told() -> None:
    assert read_pasted("งาว 5", "52", ["5202"], 4).unread[0].area == LAMPANG["5205"]
    assert read_pasted("งาว\t1\t2", "52", CODES, 4).cells == {}
    assert read_pasted("งาว 1,200", "52", CODES, 4).cells == {Cell("5205"): Span(1200, 1200)}
    assert read_pasted("\tไตรมาส 2\tหมายเหตุ\nงาว\t7\tดี", "52", CODES, 4).cells == {Cell("5205", 2): Span(7, 7)}
    assert read_pasted("\tไตรมาส 2\tหมายเหตุ\nงาว\t7\tดี", "52", CODES, 4).left_out == ("หมายเหตุ",)


@settings(max_examples=150, deadline=None)
@given(
    whole=spans, weights=st.dictionaries(st.sampled_from(CODES), st.integers(0, 9_999), min_size=1),
    quarters=st.lists(st.integers(0, 9), min_size=1, max_size=13), by_quarter=st.booleans(),
)  # fmt: skip
def test_the_parts_come_to_exactly_the_whole(
    whole: Span, weights: dict[str, int], quarters: list[int], *, by_quarter: bool
) -> None:
    found = Targets(split(whole, weights, quarters, by_quarter=by_quarter))
    assert found.districts_together == whole == found.total
    assert all(0 <= span.least <= span.most for span in found.cells.values())
    if any(weights.values()):
        assert all(found.by_district[code] == Span(0, 0) for code, weight in weights.items() if weight == 0)


def test_what_is_set_for_more_stands_before_its_parts() -> None:
    found = Targets({Cell("5201", 1): Span(10, 10), Cell("5201", 2): Span(5, 7), Cell("5202"): Span(100, 100)})
    assert (found.by_district, found.total) == ({"5201": Span(15, 17), "5202": Span(100, 100)}, Span(115, 117))
    assert found.of_quarter(1) == Span(10, 10)
    more = Targets({**found.cells, Cell("5201"): Span(20, 20), Cell(None): Span(850, 1000), Cell(None, 1): Span(3, 3)})
    assert (more.by_district["5201"], more.total, more.of_quarter(1)) == (Span(20, 20), Span(850, 1000), Span(3, 3))
    assert Targets({Cell(None, 2): Span(4, 4)}).total == Span(4, 4)


def test_last_phase_weighs_districts_and_as_many_quarters() -> None:
    before = Targets({Cell("5201", 1): Span(10, 10), Cell("5201", 2): Span(30, 30), Cell("5202", 1): Span(0, 20)})
    assert as_before(before, ["5201", "5202", "5205"], 2) == ({"5201": 40, "5202": 20, "5205": 0}, [30, 30])
    assert as_before(before, ["5201"], 3) == ({"5201": 40}, [1, 1, 1])


def test_an_empty_block_and_one_too_long_are_refused() -> None:
    for text in ("", " \n\t", "งาว\t1\n" * 201, "ก" * 20_001):
        with pytest.raises(Problem):
            read_pasted(text, "52", CODES, 4)
