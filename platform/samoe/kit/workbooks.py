"""Beginning and ending an Excel file of ours: what people typed stays text, whatever it begins with."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import xlsxwriter

from samoe.kit.marking import MARK, made_up

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def begin() -> tuple[Any, Callable[[], bytes]]:
    """An empty workbook, and what to call at the end: it closes the workbook and gives its bytes. No text in it runs
    as a formula or leads anywhere. What is made up says so: on a sheet before the others, and on every printed page."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    marked = made_up()
    if marked:
        told = book.add_worksheet(sheet_name(MARK))
        told.write_string(0, 0, MARK, book.add_format({"bold": True, "font_size": 20, "font_color": "#b00020"}))

    def done() -> bytes:
        for sheet in book.worksheets() if marked else ():
            sheet.set_header(f"&C&B{MARK}")
            sheet.set_tab_color("#b00020")
        book.close()
        return stream.getvalue()

    return book, done


def sheet_name(title: str) -> str:
    """A title as a sheet may be called: 31 signs, none that Excel forbids there."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31]
