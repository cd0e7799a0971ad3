"""A file with what people mended in it: read again by the very same readers, the file itself untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samoe.intake.batches.corrections import Correction, left_out
from samoe.intake.reading import Row, Sheet, Workbook


def mended(workbook: Workbook, made: Sequence[Correction]) -> Workbook:
    """The workbook as it reads with these corrections."""
    if not made:
        return workbook
    out = left_out(made)
    return replace(workbook, sheets=tuple(_sheet(sheet, made, out) for sheet in workbook.sheets))


def _sheet(sheet: Sheet, made: Sequence[Correction], out: dict[tuple[str, int], Correction]) -> Sheet:
    cells: dict[int, dict[int, str]] = {}
    for one in made:
        if one.sheet == sheet.name and one.column_no is not None and one.typed is not None:
            cells.setdefault(one.row_no, {})[one.column_no] = one.typed
    gone = frozenset(number for name, number in out if name == sheet.name)
    if not cells:
        return replace(sheet, left_out=gone)

    def rows() -> Iterator[Row]:
        for number, row in enumerate(sheet.rows(), 1):
            yield _row(row, cells[number]) if number in cells else row

    return replace(sheet, source=rows, left_out=gone)


def _row(row: Row, typed: dict[int, str]) -> Row:
    """A row with other cells; a row that ends before them is made longer."""
    wide: Row = [*row, *[""] * (max(typed) + 1 - len(row))]
    for place, text in typed.items():
        wide[place] = text
    return wide
