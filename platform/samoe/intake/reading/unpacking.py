"""Looks through a zipped workbook before anything is loaded: its size unpacked, and how far its cells reach.

The reader of sheets takes memory for the whole rectangle that a sheet's cells span, and ends the process when it
cannot have it; a file of a few kilobytes can ask for terabytes. So every part is unpacked once, piece by piece.
"""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.limits import Limits

_PIECE = 1 << 20
_OVERLAP = 64
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")

# Programs write a cell's address as ` r="AB12"`, and a pattern that begins with fixed bytes runs ten times faster.
_LONG_COLUMN = re.compile(rb' r="([A-Za-z]{2,4})\d')
_LONG_ROW = re.compile(rb' r="[A-Za-z]{0,4}(\d{6,9})"')
# Other ways of writing it, under a sign without which they cannot be: single signs are found much faster.
_UNUSUAL = {
    b"'": (b"r='",),
    b"\t": (b"r\t", b"\tr=", b"=\t"),
    b"\n": (b"r\n", b"\nr=", b"=\n"),
    b"\r": (b"r\r", b"\rr=", b"=\r"),
    b" =": (b"r =",),
    b"= ": (b"r= ",),
}
_SHORT_COLUMN, _SHORT_ROW = 26, 99_999

_ANY_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,4})(\d{1,9})")


def check_package(stream: BinaryIO, limits: Limits) -> None:
    """Raises ``UnreadableFile`` unless the zip is an Excel workbook that fits the limits once unpacked."""
    try:
        with ZipFile(stream) as package:
            parts = package.infolist()
            _check_kind({part.filename for part in parts})
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFile("encrypted")
            if len(parts) > limits.parts or sum(part.file_size for part in parts) > limits.unpacked:
                raise UnreadableFile("too_large", limit=limits.megabytes)
            left = limits.unpacked
            for part in parts:
                left -= _check_part(package, part, left, limits)
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        # A RuntimeError tells of a way of packing that the library does not know.
        raise UnreadableFile("damaged") from error


def _check_kind(names: set[str]) -> None:
    if "xl/workbook.xml" in names:
        return
    if "mimetype" in names or "xl/workbook.bin" in names:
        raise UnreadableFile("other_spreadsheet")
    raise UnreadableFile("not_a_workbook")


def _check_part(package: ZipFile, part: ZipInfo, left: int, limits: Limits) -> int:
    """The part's true size. The size written in the zip may lie, so the bytes are counted."""
    size = columns = rows = 0
    usual = True
    for new, piece in _pieces(package, part):
        if not size and piece.startswith(_WIDE_TEXT):
            raise UnreadableFile("damaged")
        size += new
        if size > left:
            raise UnreadableFile("too_large", limit=limits.megabytes)
        if usual:
            columns = max(columns, _SHORT_COLUMN, *map(_number, set(_LONG_COLUMN.findall(piece))))
            rows = max(rows, _SHORT_ROW, *map(int, set(_LONG_ROW.findall(piece))))
            usual = not any(sign in piece and any(form in piece for form in forms) for sign, forms in _UNUSUAL.items())
    if not usual or _too_far(columns, rows, limits):
        _check_reach(package, part, limits)
    return size


def _check_reach(package: ZipFile, part: ZipInfo, limits: Limits) -> None:
    """The slow look, which understands every way of writing an address and is exact."""
    columns = rows = 0
    for _, piece in _pieces(package, part):
        for letters, digits in set(_ANY_ADDRESS.findall(piece)):
            columns, rows = max(columns, _number(letters)), max(rows, int(digits))
        if _too_far(columns, rows, limits):
            raise UnreadableFile("cells_too_far", down=f"{rows:,}", across=f"{columns:,}")


def _too_far(columns: int, rows: int, limits: Limits) -> bool:
    return columns > limits.columns or rows > limits.rows or columns * rows > limits.cells


def _pieces(package: ZipFile, part: ZipInfo) -> Iterator[tuple[int, bytes]]:
    """The part in pieces that overlap a little, each with the number of its bytes that are new."""
    tail = b""
    with package.open(part) as content:
        while piece := content.read(_PIECE):
            yield len(piece), tail + piece
            tail = piece[-_OVERLAP:]


def _number(letters: bytes) -> int:
    """The number of a column by its letters; 0 for none."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
