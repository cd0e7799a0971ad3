"""Finding the header of a sheet, and the names of its columns."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice

from samoe.intake.judging.plan import ColumnPlan
from samoe.intake.judging.vocabulary import Vocabulary
from samoe.intake.reading import Cell, Row
from samoe.kit.numbers import written_out
from samoe.kit.thai import clean, squeeze

LEAST_FIRST, LEAST_SECOND = 3, 2
LONGEST_SAMPLE = 60


class Header:
    """A found header: its row numbers, the cleaned name of every column, and the titles above it."""

    def __init__(self, first: int, rows: Sequence[Row], titles: Sequence[str]) -> None:
        self.rows = tuple(range(first, first + len(rows)))
        self.titles = tuple(titles)
        width = max(map(len, rows))
        texts = [[clean(_text(row, index)) for index in range(width)] for row in rows]
        self.names = [next((name for name in reversed(column) if name), "") for column in zip(*texts, strict=True)]
        self.keys = [squeeze(name) for name in self.names]

    @property
    def fingerprint(self) -> str:
        return sha256("\n".join(self.keys).encode()).hexdigest()


def find_header(rows: Iterable[Row], vocabulary: Vocabulary, forced: int | None = None) -> Header | None:
    """The first row with three known headers, with the next one if that has two; None if there is none.

    ``forced`` is the number of the row that a person pointed at.
    """
    titles: list[str] = []
    numbered = enumerate(rows, start=1)
    for number, row in numbered:
        if number == forced if forced else known_headers(row, vocabulary) >= LEAST_FIRST:
            following = [below for _, below in islice(numbered, 1)]
            second = bool(following) and known_headers(following[0], vocabulary) >= LEAST_SECOND
            return Header(number, [row, *following] if second else [row], titles)
        titles.extend(filter(None, (clean(written_out(cell)) for cell in row if cell != "")))
    return None


def known_headers(row: Row, vocabulary: Vocabulary) -> int:
    return sum(1 for cell in row if cell != "" and vocabulary.field(squeeze(written_out(cell))) is not None)


def plan_columns(header: Header, vocabulary: Vocabulary, samples: Sequence[Row]) -> tuple[ColumnPlan, ...]:
    """Every column with its field. Of two columns of one field the first is read."""
    taken: set[str] = set()
    columns = []
    for index, (name, key) in enumerate(zip(header.names, header.keys, strict=True)):
        field = vocabulary.field(key) if key else None
        columns.append(
            ColumnPlan(
                index=index,
                header=name,
                field=field or "",
                samples=_samples(samples, index),
                guess=vocabulary.guess(key) if key and field is None else "",
                left_out=field == "" or field in taken,
            )
        )
        if field:
            taken.add(field)
    return tuple(columns)


def _samples(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    texts = (clean(_text(row, index)) for row in rows)
    return tuple(_brief(text) for text in islice(dict.fromkeys(filter(None, texts)), 3))


def _brief(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else f"{text[:LONGEST_SAMPLE]}…"


def _text(row: Row, index: int) -> str:
    cell: Cell = row[index] if index < len(row) else ""
    return written_out(cell)
