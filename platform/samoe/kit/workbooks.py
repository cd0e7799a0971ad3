"""Beginning and ending an Excel file of ours: what people typed stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin() -> tuple[Any, Callable[[], bytes]]:
    """An empty workbook, and what to call at the end: it closes the workbook and gives its bytes. No text in it runs
    as a formula or leads anywhere."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})

    def done() -> bytes:
        book.close()
        return stream.getvalue()

    return book, done


def sheet_name(title: str) -> str:
    """A title as a sheet may be called: 31 signs, none that Excel forbids there."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31]
