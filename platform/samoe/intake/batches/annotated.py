"""The file back as Excel, each faulty cell tinted and told, so that it can be mended where it was made."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from samoe import files
from samoe.audit import record
from samoe.i18n import gettext
from samoe.identity import Actor, Permission, require
from samoe.intake.batches import queries, telling
from samoe.intake.batches.corrections import corrections
from samoe.intake.batches.mending import mended
from samoe.intake.models import ImportBatch
from samoe.intake.reading import Sheet, open_workbook
from samoe.kit.numbers import written_out
from samoe.kit.workbooks import begin
from samoe.sdk import Manifest
from samoe.settings import Settings
from samoe.web.marking import mark_of

MOST_ROWS = 200_000
TOLD = ("error", "possible_duplicate", "warning", "duplicate_in_file")


def annotated(
    db: Session, actor: Actor, settings: Settings, batch: ImportBatch, manifest: Manifest
) -> tuple[str, bytes]:
    """A file name and an .xlsx: the sheets as they came, with a first column that says what to mend in each row.

    People leave the system in it: every printed page says for whom it was made, and the trail says so, too.
    """
    require(actor, Permission.IMPORT_RUN)
    document, content = files.content_of(db, settings, batch.document_id)
    said: dict[tuple[str, int], queries.RowShown] = {
        (row.sheet, row.row_no): row for row in queries.rows(db, batch.id, TOLD, limit=MOST_ROWS)
    }
    book, done = begin()
    formats = {
        "error": book.add_format({"bg_color": "#F8E7E1", "bottom": 2, "bottom_color": "#A6321F"}),
        "warning": book.add_format({"bg_color": "#F3EFE4", "bottom": 1}),
        "head": book.add_format({"bold": True, "text_wrap": True}),
        "date": book.add_format({"num_format": "d mmm yyyy"}),
    }
    mark = mark_of(actor)
    plans = {sheet["name"]: sheet for sheet in batch.proposal.get("sheets", [])}
    for sheet in mended(open_workbook(content), corrections(db, batch.id)).sheets:
        if sheet.name in plans:
            page = book.add_worksheet(sheet.name[:31])
            page.set_footer(f"&L{mark}&R&P / &N")
            _write(page, sheet, plans[sheet.name], said, formats, manifest)
    book.set_properties({"comments": mark})
    made = done()
    record(db, actor, "downloaded", "import", batch.id, rows=batch.rows_total)
    name = document.file_name.rsplit(".", 1)[0]
    return gettext("%(name)s – ผลตรวจ.xlsx", name=name), made


def _write(
    page: Any, sheet: Sheet, plan: dict[str, Any], said: dict[tuple[str, int], queries.RowShown],
    formats: dict[str, Any], manifest: Manifest,
) -> None:  # fmt: skip
    fields = {c["field"]: c["index"] for c in plan["columns"] if c["field"] and not c["left_out"]}
    first = plan["header_rows"][0] if plan["header_rows"] else 1
    page.set_column(0, 0, 48)
    page.freeze_panes(plan["header_rows"][-1] if plan["header_rows"] else 1, 1)
    for number, cells in enumerate(sheet.rows(), 1):
        if number == first:
            page.write_string(number - 1, 0, gettext("ผลตรวจและสิ่งที่ต้องแก้"), formats["head"])
        row = said.get((sheet.name, number))
        if number in sheet.left_out:
            page.write_string(number - 1, 0, gettext("ตัดออกจากการนำเข้า"), formats["warning"])
        marks: dict[int, str] = {}
        if row is not None:
            told = [telling.reason(code, manifest) for code in row.reasons]
            words = f"{gettext(telling.CLASS_WORDS[row.judged_as])}: {' · '.join(told)}"
            page.write_string(number - 1, 0, words, formats["error" if row.judged_as == "error" else "warning"])
            for code in row.reasons:
                index = fields.get(telling.column_of(code, manifest, fields) or "")
                if index is not None:
                    marks[index] = telling.reason(code, manifest)
        for index, cell in enumerate(cells):
            look = formats["error"] if index in marks and row and row.judged_as == "error" else None
            look = look or (formats["warning"] if index in marks else None)
            _cell(page, number - 1, index + 1, cell, look, formats)
            if index in marks:
                page.write_comment(number - 1, index + 1, marks[index])


def _cell(page: Any, row: int, column: int, cell: Any, look: Any, formats: dict[str, Any]) -> None:
    if cell == "" or cell is None:
        if look:
            page.write_blank(row, column, None, look)
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, look)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, look)
    elif hasattr(cell, "isoformat") and getattr(cell, "year", 0) >= 1900:
        page.write_datetime(row, column, cell, look or formats["date"])
    else:
        # Text stays text: a name that begins like a formula is written as a string cell and never calculated.
        page.write_string(row, column, written_out(cell) if not isinstance(cell, str) else cell, look)
