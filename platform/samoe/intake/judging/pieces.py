"""A sheet in pieces of some thousand rows: data rows only, by column, cleaned and filled down."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TypeVar

from samoe.intake.judging.cells import FillDown, as_texts, cleaned
from samoe.intake.judging.data_rows import RepeatedHeaders, keep_data
from samoe.intake.judging.plan import SheetPlan
from samoe.intake.reading import Cell, Row, Sheet
from samoe.kit.thai import squeeze

T = TypeVar("T")

# Large enough that work by column pays, small enough that the raw rows of a piece never weigh.
PIECE = 8192


@dataclass(frozen=True, slots=True)
class Piece:
    """Some data rows of a sheet: as typed, with their row numbers, and the cleaned columns of mapped fields."""

    rows: list[Row]
    numbers: list[int]
    columns: dict[str, list[Cell]]
    raw: dict[str, Sequence[Cell]]

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, field: str) -> bool:
        return field in self.columns

    def texts(self, field: str) -> list[str]:
        """A column as texts; empty texts where the sheet has no such column."""
        column = self.columns.get(field)
        return [""] * len(self) if column is None else as_texts(column)


def pieces(sheet: Sheet, plan: SheetPlan, fill_down: Sequence[str], ignored: Counter[str]) -> Iterator[Piece]:
    """The data rows below a sheet's header. What is not data is counted in ``ignored``."""
    ignored["title"] += plan.header_rows[0] - 1
    ignored["header"] += len(plan.header_rows)
    rows = islice(sheet.rows(), plan.header_rows[-1], None)
    number = plan.header_rows[-1] + 1
    cut = _Cutter(plan, fill_down)
    while batch := list(islice(rows, PIECE)):
        kept, numbers = keep_data(batch, number, ignored)
        number += len(batch)
        if kept:
            piece = _but(cut(kept, numbers, ignored), sheet.left_out, ignored)
            if len(piece):
                yield piece


def _but(piece: Piece, left_out: frozenset[int], ignored: Counter[str]) -> Piece:
    """A piece without the rows that somebody left out."""
    gone = {place for place, number in enumerate(piece.numbers) if number in left_out} if left_out else set()
    if not gone:
        return piece
    ignored["left_out"] += len(gone)
    return Piece(
        _without(piece.rows, gone), _without(piece.numbers, gone),
        {field: _without(column, gone) for field, column in piece.columns.items()},
        {field: _without(column, gone) for field, column in piece.raw.items()},
    )  # fmt: skip


class _Cutter:
    def __init__(self, plan: SheetPlan, fill_down: Sequence[str]) -> None:
        self._fields = plan.fields
        keys = [""] * (1 + max(column.index for column in plan.columns))
        for column in plan.columns:
            keys[column.index] = squeeze(column.header)
        self._repeated = RepeatedHeaders(keys)
        self._fillers = {field: FillDown() for field in fill_down if field in self._fields}

    def __call__(self, rows: list[Row], numbers: list[int], ignored: Counter[str]) -> Piece:
        columns, raw = self._columns(rows)
        again = self._repeated.among({self._fields[field]: column for field, column in columns.items()})
        if again:
            ignored["repeated_header"] += len(again)
            gone = set(again)
            rows = _without(rows, gone)
            numbers = _without(numbers, gone)
            columns = {field: _without(column, gone) for field, column in columns.items()}
            raw = {field: _without(column, gone) for field, column in raw.items()}
        for field, filler in self._fillers.items():
            columns[field] = filler.fill(columns[field])
        return Piece(rows, numbers, columns, raw)

    def _columns(self, rows: list[Row]) -> tuple[dict[str, list[Cell]], dict[str, Sequence[Cell]]]:
        by_index = list(zip_longest(*rows, fillvalue=""))
        empty = ("",) * len(rows)
        typed = {field: by_index[index] if index < len(by_index) else empty for field, index in self._fields.items()}
        # A line break between two telephone numbers does not survive cleaning.
        raw: dict[str, Sequence[Cell]] = {"phone": typed["phone"]} if "phone" in typed else {}
        return {field: cleaned(column) for field, column in typed.items()}, raw


def _without(values: Sequence[T], gone: set[int]) -> list[T]:
    return [value for place, value in enumerate(values) if place not in gone]
