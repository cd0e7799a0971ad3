"""The file of files: readable (Excel), for machines (JSON), and the documents as they are."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO

from sqlalchemy.orm import Session

from samoe.files import ObjectMissing, content_of
from samoe.i18n import gettext as _
from samoe.kit.workbooks import begin
from samoe.privacy.file.collecting import Everything
from samoe.settings import Settings

UNSAFE = re.compile(r"[^\w.\-ก-๛]+")


def pack(db: Session, settings: Settings, found: Everything, mark: str) -> bytes:
    """A zip. Every part says for whom it was made."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        plain = {"made": mark, "data": found.plain, "former": found.former}
        made.writestr("data.json", json.dumps(plain, ensure_ascii=False, indent=1, default=str))
        made.writestr("data.xlsx", _workbook(found, mark))
        for number, document in enumerate(found.documents, 1):
            try:
                _row, content = content_of(db, settings, document.id)
            except ObjectMissing:
                continue
            made.writestr(f"documents/{number:02}-{UNSAFE.sub('_', document.file_name)}", content)
    return stream.getvalue()


def _workbook(found: Everything, mark: str) -> bytes:
    book, done = begin()
    head, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(_("ข้อมูลทั้งหมด")[:31])
    page.set_footer(f"&L{mark}&R&P / &N")
    page.set_column(0, 12, 22)
    row = 0
    for section in found.sections:
        page.write_string(row, 0, section.title, head)
        page.write_row(row + 1, 0, section.heads, head)
        for number, values in enumerate(section.rows, row + 2):
            page.write_row(number, 0, values, wrap)
        row += len(section.rows) + 3
    book.set_properties({"comments": mark})
    return done()
