"""Which rows below the header are data."""

from collections.abc import Sequence

import pytest

from samoe.intake.reading import Cell
from tests.unit.intake.samples import PERSON_HEADER, judged, person


def ignored(*more: Sequence[Cell]) -> dict[str, int]:
    found = judged(("ก", [["บัญชี"], PERSON_HEADER, person(), *more, person(name="ก ข")]))
    return {name: count for name, count in found.ignored_rows.items() if name not in ("title", "header")}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([], "blank"),
        (["", "", "", "", "", ""], "blank"),
        (["-", "\u200b", " ", "–", "ไม่มี", "n/a"], "blank"),
        (["รวม", 5.0], "sum"),
        (["รวม อ.งาว"], "sum"),
        (["", "-", "รวมทั้งสิ้น", 5.0], "sum"),
        (["\ufeffรวมทั้งหมด 5 คน"], "sum"),
        (["หมายเหตุ: ข้อมูลยังไม่ครบ"], "note"),
        (["", "หมายเหตุ"], "note"),
    ],
)
def test_rows_that_are_not_data(row: Sequence[Cell], reason: str) -> None:
    assert ignored(row) == {reason: 1}


@pytest.mark.parametrize("row", [["รวมใจ"], [5.0, "รวม"], [0.0], ["เด็กในหมายเหตุ"], ["ที่", "ตำบล"]])
def test_rows_that_are_data(row: list[Cell]) -> None:
    assert ignored(row) == {}


def test_a_header_that_is_repeated() -> None:
    spaced = [f" {header[:2]}\u200b {header[2:]} " for header in PERSON_HEADER]
    assert ignored(list(PERSON_HEADER), spaced, ["", *PERSON_HEADER[1:4], "งาว", ""]) == {"repeated_header": 3}


def test_two_cells_like_the_header_are_not_the_header() -> None:
    assert ignored(["", "", "", "", *PERSON_HEADER[4:]]) == {}


def test_headers_are_compared_in_their_own_columns() -> None:
    assert ignored(list(reversed(PERSON_HEADER))) == {}


def test_rows_keep_the_numbers_of_the_file() -> None:
    found = judged(("ก", [["บัญชี"], [], PERSON_HEADER, person(), [], list(PERSON_HEADER), person(name="ก ข")]))
    assert found.sheets[0].numbers == [4, 7]
    assert found.ignored_rows == {"title": 2, "header": 1, "blank": 1, "repeated_header": 1}
