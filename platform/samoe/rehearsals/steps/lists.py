"""The workbook of a group as a province receives it: the headings that the group is set up with, and cells as people
type them. What each column is meant to be is known here, so that the import can be held against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from samoe.demo.sheets import cell_of, column_of, facts_of, standard_columns, status_word, submission_column
from samoe.demo.subjects import Made
from samoe.i18n import pick
from samoe.intake.batches.telling import STANDARD_WORDS
from samoe.intake.judging.judged import Institution, Person
from samoe.intake.judging.standard import HEADERS
from samoe.intake.judging.vocabulary import SCORE
from samoe.kit import be_format, workbooks
from samoe.rehearsals.steps.mess import EMPTY, as_typed
from samoe.sdk import Column, Field, Manifest

LIST, SCORES = "รายชื่อ", "คะแนนรายข้อ"
COPIED, NOWHERE, NO_SUCH_DAY = "แถวที่ซ้ำกับแถวแรก", "แถวที่พิมพ์ชื่ออำเภอที่ไม่มี", "แถวที่วันเกิดไม่มีในปฏิทิน"
NO_DISTRICT, IMPOSSIBLE = "ไม่มีอำเภอนี้", "31 ก.พ. 2560"
AT = ("centre", "subdistrict", "district")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, the name under which the import is to know it, what it asks in words, and its question."""

    text: str
    name: str
    asked: str
    column: Column | None = None
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A workbook. ``of`` says by the number of its row whom it is about, ``planted`` what is wrong there on purpose."""

    content: bytes
    headings: tuple[Heading, ...]
    scores: tuple[Heading, ...]
    of: dict[int, Made]
    planted: dict[int, str]
    typed: dict[int, list[Any]]


def listed(manifest: Manifest, made: Sequence[Made], *, title: str, as_of: date) -> Listed:
    """Everybody of a group in one workbook, with a title over the headings, a blank row, a sum, and rows that are wrong
    on purpose: a copy, a district that is none, and a day that is none."""
    book, done = workbooks.begin()
    sheet, as_day = book.add_worksheet(LIST), book.add_format({"num_format": "dd/mm/yyyy"})
    headings = tuple(_headings(manifest, made))
    told = [title, f"ข้อมูล ณ วันที่ {be_format.long(as_of)}"]
    for number, line in enumerate([*([one] for one in told), [one.text for one in headings]]):
        _write(sheet, number, line)
    of, planted, typed, number = dict[int, Made](), dict[int, str](), dict[int, list[Any]](), len(told) + 1
    for place, one in enumerate(made):
        number += place == len(made) // 2  # somebody left a line blank
        of[number + 1], typed[number + 1] = one, _row(manifest, headings, one, place)
        _write(sheet, number, typed[number + 1], as_day)
        number += 1
    for what, row in _planted(headings, typed):
        planted[number + 1] = what
        _write(sheet, number, row, as_day)
        number += 1
    _write(sheet, number, [f"รวม {len(made)} รายการ"])
    scores = tuple(_score_headings(manifest, made))
    if scores:
        _scores(book.add_worksheet(SCORES), manifest, scores, made)
    return Listed(done(), headings, scores, of, planted, typed)


def _headings(manifest: Manifest, made: Sequence[Made]) -> Iterator[Heading]:
    for key in standard_columns(manifest, made):
        yield Heading(HEADERS[key][0], key, STANDARD_WORDS[key])
    for field in manifest.fields:
        column = column_of(field)
        if column is not None:
            yield Heading(column.headers[0], column.name, pick(field.label.th, field.label.en), column, field)
    status = submission_column(manifest, made)
    if status is not None:
        yield Heading(status.headers[0], status.name, status.headers[0], status)


def _row(manifest: Manifest, headings: Sequence[Heading], one: Made, place: int) -> list[Any]:
    standard = [heading.name for heading in headings if heading.column is None]
    facts = dict(zip(standard, facts_of(one.facts, tuple(standard)), strict=True))
    if isinstance(one.facts, Person) and one.facts.birth:
        facts["birth"] = one.facts.birth  # type: ignore[assignment]
    cells: list[Any] = []
    for heading in headings:
        if heading.column is None:
            cells.append(as_typed(heading.name, facts[heading.name], place))
        elif heading.field is None:
            cells.append(status_word(manifest, one.submission))
        else:
            cells.append(
                as_typed(heading.column.reader, _said(heading.field, heading.column, one), place, heading.field)
            )
    return cells


def _said(field: Field, column: Column, one: Made) -> Any:
    value = one.answers.get(field.slug)
    if value is not None and field.type == "money":
        # A month's part of a year's amount, so that it is that amount again: a part of a satang counts as a whole one.
        baht = (Decimal(value) / 100 / column.times).quantize(Decimal("0.000001"), rounding=ROUND_DOWN)
        return f"{baht.normalize():,f}"
    return cell_of(field, column, one.answers)


def _planted(headings: Sequence[Heading], typed: dict[int, list[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Rows that no import may take in, each like a good one but for one cell."""
    at = {heading.name: place for place, heading in enumerate(headings) if heading.column is None}
    known = "id" if "id" in at else "centre"
    good = next((row for row in typed.values() if row[at[known]] not in EMPTY), None)
    if good is None:
        return
    yield COPIED, [*good]
    yield NOWHERE, _with(good, {at["district"]: NO_DISTRICT})
    if "birth" in at:
        yield NO_SUCH_DAY, _with(good, {at["birth"]: IMPOSSIBLE, at["id"]: ""})


def _with(row: list[Any], changed: dict[int, Any]) -> list[Any]:
    return [changed.get(place, cell) for place, cell in enumerate(row)]


def _score_headings(manifest: Manifest, made: Sequence[Made]) -> Iterator[Heading]:
    declared = manifest.imports.scores
    if declared is None or not any(one.answers.get(declared.field) for one in made):
        return
    for key in AT:
        yield Heading(HEADERS[key][0], key, STANDARD_WORDS[key])
    for item in manifest.scale(manifest.field(declared.field).scale or "").items:
        yield Heading(item, SCORE + item, item)


def _scores(sheet: Any, manifest: Manifest, headings: Sequence[Heading], made: Iterable[Made]) -> None:
    declared = manifest.imports.scores
    assert declared is not None  # noqa: S101 (there are no headings of scores without it)
    none = next(iter(manifest.scale(manifest.field(declared.field).scale or "").not_applicable), "")
    _write(sheet, 0, [heading.text for heading in headings])
    marked = [one for one in made if one.answers.get(declared.field) and isinstance(one.facts, Institution)]
    for number, one in enumerate(marked, start=1):
        marks = one.answers[declared.field]["scores"]
        places = facts_of(one.facts, AT)
        items = [heading.name.removeprefix(SCORE) for heading in headings[len(AT) :]]
        _write(sheet, number, [*places, *(none if marks.get(item) is None else marks[item] for item in items)])


def _write(sheet: Any, row: int, cells: Sequence[Any], as_day: Any = None) -> None:
    for place, cell in enumerate(cells):
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, as_day)
        elif isinstance(cell, bool | int | float):
            sheet.write(row, place, cell)
        elif cell:
            sheet.write_string(row, place, cell)
