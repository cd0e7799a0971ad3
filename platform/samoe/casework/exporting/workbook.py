"""A list as an .xlsx whose every printed page says for whom it was made."""

from __future__ import annotations

from samoe.casework.exporting.rows import Sheet
from samoe.kit.workbooks import begin, sheet_name

WIDE = {1: 30, 6: 26}


def workbook(title: str, sheet: Sheet, mark: str) -> bytes:
    """Texts stay texts: a name that begins with ``=`` is a name."""
    book, done = begin()
    page = book.add_worksheet(sheet_name(title))
    head, marked = book.add_format({"bold": True, "text_wrap": True, "bottom": 1}), book.add_format({"italic": True})
    page.write_string(0, 0, mark, marked)
    for column, text in enumerate(sheet.heads):
        page.set_column(column, column, WIDE.get(column, 14))
        page.write_string(1, column, text, head)
    for number, line in enumerate(sheet.lines, 2):
        for column, text in enumerate(line):
            page.write_string(number, column, text)
    page.freeze_panes(2, 2)
    page.set_landscape()
    page.repeat_rows(0, 1)
    page.set_footer(f"&L{mark}&R&P / &N")
    book.set_properties({"comments": mark})
    return done()
