"""Columns of cells, a piece of a sheet at a time: cleaned, filled down, and turned into text."""

from collections.abc import Sequence

from samoe.intake.reading import Cell
from samoe.kit.numbers import written_out
from samoe.kit.thai import BLANKS, clean_all


def cleaned(column: Sequence[Cell]) -> list[Cell]:
    """The column with its texts cleaned and everything else as it is."""
    texts = [cell for cell in column if isinstance(cell, str)]
    if len(texts) == len(column):
        return list(clean_all(texts))
    ready = iter(clean_all(texts))
    return [next(ready) if isinstance(cell, str) else cell for cell in column]


def as_texts(column: Sequence[Cell]) -> list[str]:
    """A cleaned column as texts: numbers written out in full."""
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
