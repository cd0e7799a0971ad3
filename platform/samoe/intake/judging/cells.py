"""Columns of cells, a piece of a sheet at a time: cleaned, filled down, and turned into text."""

from collections.abc import Sequence
from typing import cast

from samoe.intake.reading import Cell
from samoe.kit.numbers import written_out
from samoe.kit.thai import BLANKS, clean_all


def cleaned(column: Sequence[Cell]) -> list[Cell]:
    """The column with its texts cleaned and everything else as it is."""
    if all_texts(column):
        return cast("list[Cell]", clean_all(cast("Sequence[str]", column)))
    ready = iter(clean_all([cell for cell in column if isinstance(cell, str)]))
    return [next(ready) if isinstance(cell, str) else cell for cell in column]


def all_texts(column: Sequence[Cell]) -> bool:
    """Whether every cell is text, as in a CSV file."""
    return set(map(type, column)) <= {str}


def as_texts(column: Sequence[Cell]) -> list[str]:
    """A cleaned column as texts: numbers written out in full."""
    if all_texts(column):
        return cast("list[str]", column)
    return [cell if isinstance(cell, str) else written_out(cell) for cell in column]


def or_none(column: Sequence[Cell]) -> list[str | None]:
    """A cleaned column as texts, with None for blanks."""
    return [None if text in BLANKS else text for text in as_texts(column)]


class FillDown:
    """Gives blank cells the value of the nearest cell above that is not blank, from one piece to the next."""

    def __init__(self) -> None:
        self._last: Cell = ""

    def fill(self, column: list[Cell]) -> list[Cell]:
        """The column filled. Cells must be cleaned, and all rows that are not data already gone."""
        last = self._last
        filled = []
        for cell in column:
            if cell.__class__ is not str or cell not in BLANKS:
                last = cell
            filled.append(last)
        self._last = last
        return filled
