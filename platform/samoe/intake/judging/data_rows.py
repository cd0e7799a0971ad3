"""Which rows below the header are data: not blank ones, sums, notes, or the header again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from samoe.intake.judging.cells import all_texts
from samoe.intake.reading import Cell, Row
from samoe.kit.numbers import written_out
from samoe.kit.thai import clean, is_blank, squeeze

_SUM = re.compile(r"(รวม|รวมทั้งสิ้น|รวมทั้งหมด)( |$)")
_NOTE = "หมายเหตุ"
_DIGITS = re.compile("[0-9๐-๙]+")

# A row whose first cell begins with none of these is data or a repeated header, and needs no closer look: the signs
# that blanks, sums and notes can begin with, after white space and signs that are not seen.
_CLOSER_LOOK = frozenset("รหไnN-–\x7f\u200b\u200c\u200d\u2060\ufeff") | {
    sign for sign in map(chr, range(0x3001)) if sign.isspace() or sign < " "
}


def not_data(row: Row) -> str | None:
    """``blank``, ``sum`` or ``note``; None for every other row."""
    for cell in row:
        if cell == "":
            continue
        if cell.__class__ is not str:
            return None
        text = clean(str(cell))
        if is_blank(text):
            continue
        if text.startswith(_NOTE):
            return "note"
        return "sum" if _SUM.match(text) else None
    return "blank"


def keep_data(rows: Sequence[Row], first: int, ignored: Counter[str]) -> tuple[list[Row], list[int]]:
    """The rows that may be data, with their numbers; ``first`` is the number of the first of ``rows``."""
    kept, numbers = [], []
    for number, row in enumerate(rows, start=first):
        start: Cell = row[0] if row else ""
        if start.__class__ is str and (not start or start[0] in _CLOSER_LOOK):
            reason = not_data(row)
            if reason:
                ignored[reason] += 1
                continue
        kept.append(row)
        numbers.append(number)
    return kept, numbers


class RepeatedHeaders:
    """Finds rows that say the header again: at least three cells equal to the header of their own column."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = {index: key for index, key in enumerate(keys) if key}
        self._probes = {index: max(_DIGITS.split(key), key=len) for index, key in self._keys.items()}

    def among(self, columns: Mapping[int, Sequence[Cell]]) -> list[int]:
        """The places of such rows among the rows of these cleaned columns, given by their index."""
        suspects = [index for index in self._keys if index in columns and self._probably(columns[index], index)]
        if len(suspects) < 3:
            return []
        hits = Counter(
            place
            for index in suspects
            for place, cell in enumerate(columns[index])
            if cell != "" and squeeze(written_out(cell)) == self._keys[index]
        )
        return sorted(place for place, count in hits.items() if count >= 3)

    def _probably(self, column: Sequence[Cell], index: int) -> bool:
        """Looks for the header in the whole column as one text, which costs next to nothing."""
        texts = column if all_texts(column) else [cell for cell in column if isinstance(cell, str)]
        return self._probes[index] in "".join(cast("Sequence[str]", texts)).replace(" ", "")
