"""The eight sample workbooks: every row, every count and every digest as their known answers say."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from samoe.intake.judging import Judged, Options, as_json, judge, pieces, propose
from samoe.intake.reading import Workbook, open_workbook
from tests.unit.intake.samples import AS_OF, GRANT, GROUPS, WORKBOOKS, areas, manifest, truth, under

NAMES = sorted(path.name.removesuffix(".truth.json") for path in WORKBOOKS.glob("*.truth.json"))
SAME_PEOPLE = {"lampang-special-needs": ("lampang-early-childhood", "lampang-out-of-school")}


def path(name: str) -> Path:
    return WORKBOOKS / str(truth(name)["file"])


@cache
def opened(name: str) -> Workbook:
    return open_workbook(path(name))


def judged(name: str, options: Options) -> Judged:
    known = truth(name)
    return judge(opened(name), manifest(GROUPS[known["kind"]]), areas(known["province"]), options)


@cache
def imported_identifiers(name: str) -> frozenset[str]:
    found = judged(name, Options(as_of=AS_OF))
    return frozenset(
        identifier
        for sheet in found.sheets
        for place in sheet.imported()
        if (identifier := sheet.part("identifier")[place])
    )


@cache
def report(name: str) -> dict[str, Any]:
    known = truth(name)
    group = manifest(GROUPS[known["kind"]])
    elsewhere = {other: imported_identifiers(other) for other in SAME_PEOPLE.get(name, ())}
    found = judged(name, Options(as_of=AS_OF, bounds=GRANT))
    return as_json(found, group, areas(known["province"]), under(group), elsewhere)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "part",
    [
        "classes",
        "reasons",
        "totals",
        "districts",
        "distinct_centres",
        "ignored_rows",
        "sheets",
        "fill_down",
        "district_from_sheet_name",
        "levels",
        "identifiers",
        "also_in",
    ],
)
def test_what_is_found_is_what_is_known(name: str, part: str) -> None:
    assert report(name).get(part) == truth(name).get(part)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_class_and_reasons(name: str) -> None:
    found = report(name)["rows"]
    for sheet, rows in truth(name)["rows"].items():
        assert found[sheet] == rows


@pytest.mark.parametrize("name", NAMES)
def test_every_column_of_the_samples_is_understood(name: str) -> None:
    assert report(name)["unmapped"] == []


@pytest.mark.parametrize("name", NAMES)
def test_files_are_opened_in_their_own_letters(name: str) -> None:
    known = truth(name)
    assert (opened(name).encoding, opened(name).delimiter) == (known["encoding"], known["delimiter"])


def test_pieces_of_any_size_give_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "lampang-early-childhood"
    monkeypatch.setattr(pieces, "PIECE", 37)
    known = truth(name)
    group = manifest(GROUPS[known["kind"]])
    found = as_json(judged(name, Options(as_of=AS_OF)), group, areas("52"), under(group))
    assert found["rows"] == known["rows"]
    assert found["ignored_rows"] == known["ignored_rows"]


def test_bytes_are_read_as_files_are() -> None:
    name = "phuket-out-of-school"
    from_bytes = open_workbook(path(name).read_bytes())
    assert list(from_bytes.sheets[0].rows()) == list(opened(name).sheets[0].rows())


def test_the_day_comes_from_a_title_or_else_from_the_phase() -> None:
    group, day = manifest("out_of_school"), AS_OF.replace(day=1)
    titled = propose(opened("lampang-out-of-school"), group, areas("52"), Options(phase_day=day))
    assert (titled.as_of, titled.as_of_from) == (day.replace(month=1, day=15), "title")
    untitled = propose(opened("phuket-out-of-school"), group, areas("83"), Options(phase_day=day))
    assert (untitled.as_of, untitled.as_of_from) == (day, "phase")
    unknown = propose(opened("phuket-out-of-school"), group, areas("83"), Options())
    assert (unknown.as_of, unknown.as_of_from) == (None, "")
