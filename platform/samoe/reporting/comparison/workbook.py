"""The comparison as Excel."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.kit.workbooks import begin
from samoe.reporting.comparison.indicators import few, held
from samoe.reporting.comparison.queries import ProvinceRow
from samoe.tenancy.tenants import TenantName


def workbook(rows: list[ProvinceRow], title: str, off: list[TenantName]) -> bytes:
    """One sheet, one row a province; no data stays empty, a number below five is said to be held back. Provinces
    that have the group off come last, and say so."""
    book, done = begin()
    page, bold = book.add_worksheet(_("เปรียบเทียบจังหวัด")), book.add_format({"bold": True, "text_wrap": True})
    money = book.add_format({"num_format": "#,##0.00"})
    page.write_string(0, 0, title, bold)
    heads = (
        _("จังหวัด"), _("ระยะที่"), _("ในทะเบียน"), _("ผ่านเกณฑ์"), _("ไม่ผ่าน"), _("ข้อมูลไม่พอตัดสิน"),
        _("ช่วยเหลือแล้ว"), _("เป้าหมายขั้นต่ำ"), _("เป้าหมายขั้นสูง"), _("เงินช่วยเหลือ (บาท)"), _("บาทต่อคน"),
        _("อำเภอที่รายงาน"), _("อำเภอทั้งหมด"),
    )  # fmt: skip
    for column, head in enumerate(heads):
        page.write_string(2, column, head, bold)
    for number, row in enumerate(rows, 3):
        aims = row.target or (None, None)
        counts = (few(row.registered), *held(row).values(), few(row.assisted), *aims)
        page.write_string(number, 0, pick(row.name_th, row.name_en))
        if row.phase_number is not None:
            page.write_number(number, 1, row.phase_number)
        for column, shown in enumerate(counts, 2):
            if isinstance(shown, str):
                page.write_string(number, column, _("ปิดไว้"))
            elif shown is not None:
                page.write_number(number, column, shown)
        for column, satang in ((9, row.aid), (10, row.aid_per_child)):
            if satang is not None and few(row.assisted) != "few":
                page.write_number(number, column, satang / 100, money)
        page.write_number(number, 11, row.reported)
        page.write_number(number, 12, row.districts)
    for number, province in enumerate(off, 3 + len(rows)):
        page.write_string(number, 0, pick(province.th, province.en))
        page.write_string(number, 1, _("ไม่ได้เปิดใช้กลุ่มนี้"))
    page.set_column(0, 0, 22)
    page.set_column(1, 12, 14)
    page.freeze_panes(3, 1)
    return done()
