"""The door: tells from a file's first bytes what it is, whatever its name says."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from samoe.intake.reading.delimited import open_delimited
from samoe.intake.reading.errors import UnreadableFile
from samoe.intake.reading.excel import open_excel
from samoe.intake.reading.limits import LIMITS, Limits
from samoe.intake.reading.unpacking import check_package
from samoe.intake.reading.workbook import Workbook

_PACKAGE = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf", b"SQLite")


def open_workbook(source: Path | bytes, limits: Limits = LIMITS) -> Workbook:
    """The workbook in a file or in bytes. Raises ``UnreadableFile`` with a code for everything that is not one."""
    with _stream(source) as stream:
        start = stream.read(512)
        if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
            raise UnreadableFile("empty")
        if start.startswith(_PACKAGE):
            check_package(stream, limits)
            return open_excel(source, "xlsx", limits)
        if start.startswith(_COMPOUND):
            return open_excel(source, "xls", limits)
    if start.startswith(_FOREIGN):
        raise UnreadableFile("not_a_workbook")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:14].lower().startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise UnreadableFile("web_page")
    return open_delimited(source, limits)


def _stream(source: Path | bytes) -> BinaryIO:
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")
