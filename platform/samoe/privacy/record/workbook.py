"""The record of processing as an Excel file."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.kit.workbooks import begin, sheet_name
from samoe.privacy.record.queries import Record
from samoe.privacy.record.words import RIGHT_WORDS, SAFEGUARD_WORDS


def workbook(record: Record, title: str) -> bytes:
    """One sheet of activities, one of questions, one of recipients and refusals. No cell can run as a formula."""
    book, done = begin()
    head, wrap = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )

    def sheet(name: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        page = book.add_worksheet(sheet_name(name))
        page.set_landscape()
        page.repeat_rows(0)
        page.set_column(0, len(heads) - 1, 28)
        page.write_row(0, 0, heads, head)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row, wrap)

    heads = (
        _("กิจกรรม"), _("เจ้าของข้อมูล"), _("ข้อมูลที่เก็บ"), _("ฐานทางกฎหมาย"), _("ข้อมูลอ่อนไหว"), _("ผู้รับข้อมูล"), _("ระยะเวลาเก็บ"),
    )  # fmt: skip
    sheet(
        _("กิจกรรม"), heads,
        [
            (one.purpose, *("\n".join(part) for part in (one.subjects, one.kinds, one.basis, one.sensitive,
             one.recipients)), one.keep)
            for one in record.lines
        ],
    )  # fmt: skip
    sheet(
        _("คำถาม"), (_("กลุ่มเป้าหมาย"), _("คำถาม"), _("ใช้เพื่อ"), _("ข้อมูลอ่อนไหว"), _("เก็บ (ปี)")),
        [
            (group.name, one.label, one.purpose, _("ใช่") if one.sensitive else "", str(one.keep))
            for group in record.groups
            for one in group.questions
        ],
    )  # fmt: skip
    sheet(
        _("ผู้ควบคุมและผู้รับ"), (_("เรื่อง"), _("รายละเอียด")),
        [
            (_("ผู้ควบคุมข้อมูล"), "\n".join(record.controllers)),
            (_("เจ้าหน้าที่คุ้มครองข้อมูล"), "\n".join(record.officers)),
            (_("สิทธิและวิธีใช้สิทธิ"), _(RIGHT_WORDS)),
            (_("มาตรการรักษาความมั่นคงปลอดภัย"), "\n".join(map(_, SAFEGUARD_WORDS))),
            *((_("เปิดเผยแล้ว"), f"{name} · {n:,}") for name, n in record.went_to),
            *((_("ปฏิเสธคำขอ"), f"{one.on} · {one.kind} · {one.ground}") for one in record.refusals),
        ],
    )  # fmt: skip
    book.set_properties({"title": title})
    return done()
