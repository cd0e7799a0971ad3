"""A quarter's report as Excel: one sheet a target group."""

from __future__ import annotations

from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.kit.workbooks import begin, sheet_name
from samoe.reporting.quarter.queries import GroupTable


def workbook(tables: list[GroupTable], title: str) -> bytes:
    """Numbers are numbers; what has no data is an empty cell."""
    book, done = begin()
    bold = book.add_format({"bold": True, "text_wrap": True})
    total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})
    plain = book.add_format({"num_format": "#,##0"})
    for table in tables:
        name = pick(table.group.manifest.name.th, table.group.manifest.name.en)
        page = book.add_worksheet(sheet_name(name))
        page.write_string(0, 0, f"{title} · {name}", bold)
        if table.carried_in:
            page.write_string(1, 0, _("ในทะเบียนนี้ %(n)s ราย ยกมาจากระยะก่อน ไม่ใช่รายใหม่", n=f"{table.carried_in:,}"))
        page.write_string(2, 0, _("อำเภอ"), bold)
        for column, figure in enumerate(table.columns, 1):
            page.write_string(2, column, pick(figure.label.th, figure.label.en), bold)
        for row, line in enumerate(table.lines, 3):
            page.write_string(row, 0, line.area.of(current_locale()))
            for column, value in enumerate(line.values, 1):
                if value is not None:
                    page.write_number(row, column, value, plain)
        foot = 3 + len(table.lines)
        page.write_string(foot, 0, _("รวม"), total)
        for column, value in enumerate(table.totals, 1):
            if value is not None:
                page.write_number(foot, column, value, total)
        page.set_column(0, 0, 22)
        page.set_column(1, max(1, len(table.columns)), 16)
        page.freeze_panes(3, 1)
    if not tables:
        book.add_worksheet(_("ไม่มีข้อมูล"))
    return done()
