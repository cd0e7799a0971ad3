"""Looks through a zipped workbook before anything is loaded: its size unpacked, and how far its cells reach.

The reader of sheets takes memory for the whole rectangle that a sheet's cells span, and ends the process when it
cannot have it; a file of a few kilobytes can ask for terabytes. So every part is unpacked once, piece by piece.
"""

import re
import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.limits import Limits

_PIECE = 1 << 20
_OVERLAP = 64
_COLUMNS = re.compile(rb"\sr=[\"']([A-Za-z]{1,4})\d")
_ROWS = re.compile(rb"\sr=[\"'][A-Za-z]{0,4}(\d{1,9})[\"']")
_FAR_ROW = re.compile(rb"\sr=[\"'][A-Za-z]{0,4}\d{5,9}[\"']")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def check_package(stream: BinaryIO, limits: Limits) -> None:
    """Raises ``UnreadableFile`` unless the zip is an Excel workbook that fits the limits once unpacked."""
    try:
        with ZipFile(stream) as package:
            parts = package.infolist()
            _check_kind({part.filename for part in parts})
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
                raise UnreadableFile("too_large", limit=limits.megabytes)
            left = limits.unpacked
            for part in parts:
                if part.flag_bits & 1:
                    raise UnreadableFile("encrypted")
                left -= _check_part(package, part, left, limits)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise UnreadableFile("damaged") from error


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "mimetype" in names or "xl/workbook.bin" in names:
        raise UnreadableFile("other_spreadsheet")
    raise UnreadableFile("not_a_workbook")


def _check_part(package: ZipFile, part: ZipInfo, left: int, limits: Limits) -> int:
    """The part's true size. The size written in the zip may lie, so the bytes are counted."""
    reach = _Reach(limits)
    size = 0
    tail = b""
    with package.open(part) as content:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > left:
                raise UnreadableFile("too_large", limit=limits.megabytes)
            if not tail and piece.startswith(_WIDE):
                raise UnreadableFile("damaged")
            reach.look(tail + piece)
            tail = piece[-_OVERLAP:]
    return size


class _Reach:
    """How far the cells of one part reach, as far as needed to tell that they fit."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.columns = 0
        self.rows = 0

    def look(self, piece: bytes) -> None:
        letters = set(_COLUMNS.findall(piece))
        if letters:
            self.columns = max(self.columns, *map(_column_number, letters))
        if _FAR_ROW.search(piece):
            self.rows = max(self.rows, *map(int, set(_ROWS.findall(piece))))
        if self.columns > self.limits.columns:
            raise UnreadableFile("too_many_columns", sheet="", limit=self.limits.columns)
        if self.rows > self.limits.rows or self.rows * self.columns > self.limits.cells:
            raise UnreadableFile("too_many_rows", sheet="", limit=f"{self.limits.rows:,}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
