"""A file that has been opened: its sheets, each a stream of rows that can be read again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

# Excel hands numbers over as floats, true dates as dates; an empty cell is empty text.
Cell = str | float | int | bool | date | time | timedelta
Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Rows come in the file's order, and the first is row 1 as Excel shows it; a CSV counts records.

    A row begins with column A, and rows may differ in length.
    """

    name: str
    hidden: bool = False
    source: Callable[[], Iterator[Row]] = field(repr=False, default=lambda: iter(()))
    left_out: frozenset[int] = frozenset()
    """The numbers of rows that are read, so that what stands below them may mean the same, but are no data."""

    def rows(self) -> Iterator[Row]:
        """Every row, from the first. May be called again; raises ``UnreadableFile`` where the file breaks off."""
        return self.source()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets in order. ``kind`` is xlsx, xls or csv; the other two are set for CSV only."""

    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
