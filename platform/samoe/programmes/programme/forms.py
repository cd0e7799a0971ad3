"""The programme's name and its lead organisation, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.kit.be_date import BE, FIRST_BE_YEAR
from samoe.kit.reading import Reading, Sent

LEAD_KINDS = {
    "assembly": "สมัชชา", "association": "สมาคม", "foundation": "มูลนิธิ", "university": "มหาวิทยาลัย",
    "local_government": "องค์กรปกครองส่วนท้องถิ่น", "state": "ส่วนราชการ", "other": "องค์กรอื่น",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    name_th: str
    name_en: str
    since_year: int | None


@dataclass(frozen=True, slots=True)
class LeadForm:
    name_th: str
    name_en: str
    kind: str
    from_on: date | None
    to_on: date | None


def read_programme(sent: Sent) -> ProgrammeForm:
    """Name in Thai needed; the year is typed in B.E. and kept in C.E."""
    reading = Reading(sent)
    name_th = reading.text("name_th", required="กรอกชื่อโครงการ")
    name_en = reading.text("name_en")
    year = reading.whole("since_year", least=FIRST_BE_YEAR, most=2700)
    reading.check()
    return ProgrammeForm(name_th, name_en, None if year is None else year - BE)


def read_lead(sent: Sent) -> LeadForm:
    """Name in Thai and kind needed; an open end is an empty date."""
    reading = Reading(sent)
    name_th = reading.text("name_th", required="กรอกชื่อองค์กร")
    name_en = reading.text("name_en")
    kind = reading.one_of("kind", LEAD_KINDS, required="เลือกประเภทองค์กร")
    from_on, to_on = reading.day("from_on"), reading.day("to_on")
    if from_on and to_on and to_on < from_on:
        reading.fault("to_on", "วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม")
    reading.check()
    return LeadForm(name_th, name_en, kind or "", from_on, to_on)
