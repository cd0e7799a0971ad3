"""From what was sent to what the import is told."""

from __future__ import annotations

from typing import Any

from samoe.intake.batches.actions import SentTable
from samoe.kit import be_date
from samoe.kit.problem import Problem
from samoe.web.form import Form

LARGEST = 60_000_000


def sent_table(form: Form) -> SentTable:
    """The file of an upload. Raises ``Problem`` at the field."""
    file = form.file("file")
    if file is None:
        raise Problem("ยังไม่ได้เลือกไฟล์ เลือกไฟล์ .xlsx .xls หรือ .csv", field="file")
    if len(file.content) > LARGEST:
        raise Problem("ไฟล์ใหญ่เกิน 60 เมกะไบต์ แบ่งเป็นหลายไฟล์แล้วส่งทีละไฟล์", field="file")
    return SentTable(file.name, file.content, file.content_type)


def confirmed(form: Form) -> dict[str, Any]:
    """What the person says of columns, blanks, sheets' names and the as-of date."""
    columns = {header: field for header, field in zip(form.all("header"), form.all("field"), strict=False) if header}
    return {
        "columns": columns,
        "fill_down": [name for name in form.all("fill_down") if name],
        "district_from_sheet_name": form.text("district_from_sheet_name") == "1",
        "as_of": _day(form),
    }


def _day(form: Form) -> str | None:
    day, month, year = (form.text(f"as_of_{part}") for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    found = be_date.read_fields(day, month, year)
    if found.day is None:
        raise Problem("อ่านวันที่ของข้อมูลไม่ได้ กรอกวัน เดือน และปี พ.ศ. เช่น 31 มีนาคม 2564", field="as_of")
    return found.day.isoformat()


def cells(form: Form) -> dict[int, str]:
    """The cells of a row as typed, by their place in it."""
    sent = {name.removeprefix("cell-"): form.text(name) for name in form.values if name.startswith("cell-")}
    return {int(place): text for place, text in sent.items() if place.isdecimal() and len(place) < 5}


def seen(form: Form) -> int:
    """How many corrections the row had when it was shown."""
    text = form.text("seen")
    return int(text) if text.isdecimal() and len(text) < 8 else 0
