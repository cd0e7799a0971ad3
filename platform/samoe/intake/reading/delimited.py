"""CSV and its relatives, as programs export them in Thailand: any encoding, any separator."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from samoe.intake.reading.encodings import encoding_of
from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.limits import Limits
from samoe.intake.reading.workbook import Row, Sheet, Workbook

SHEET_NAME = "csv"

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 64 * 1024
_HINT = re.compile(r"\ufeff?sep=(.)\r?\n")


def open_delimited(source: Path | bytes, limits: Limits) -> Workbook:
    """The one sheet of a text file, after finding out its encoding and its separator."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.unpacked:
        raise UnreadableFile("too_large", limit=limits.megabytes)
    encoding = encoding_of(source)
    with _text(source, encoding) as text:
        sample = text.read(_SAMPLE)
    if not sample.strip():
        raise UnreadableFile("empty")
    delimiter = separator_of(sample)
    sheet = Sheet(SHEET_NAME, source=partial(_rows, source, encoding, delimiter, limits))
    return Workbook("csv", (sheet,), encoding, delimiter)


def separator_of(sample: str) -> str:
    """The separator that cuts most lines of the sample into the same number of parts, and into most parts."""
    hint = _HINT.match(sample)
    if hint:
        return hint.group(1)
    return max(_SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> int:
    try:
        lengths = Counter(len(row) for row in csv.reader(sample.splitlines(keepends=True), delimiter=separator))
    except csv.Error:
        return 0
    return max((parts * rows for parts, rows in lengths.items() if parts > 1), default=0)


def _text(source: Path | bytes, encoding: str) -> TextIOWrapper:
    stream = BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    return TextIOWrapper(cast("BinaryIO", stream), encoding=encoding, newline="")


def _rows(source: Path | bytes, encoding: str, delimiter: str, limits: Limits) -> Iterator[Row]:
    number = 0
    with _text(source, encoding) as text:
        try:
            for number, row in enumerate(csv.reader(text, delimiter=delimiter), start=1):
                if number > limits.rows:
                    raise UnreadableFile("too_many_rows", sheet=SHEET_NAME, limit=f"{limits.rows:,}")
                if len(row) > limits.columns:
                    raise UnreadableFile("too_many_columns", sheet=SHEET_NAME, limit=limits.columns)
                yield cast("Row", row)
        except csv.Error as error:
            raise UnreadableFile("unclosed_quote", near=number + 1) from error
