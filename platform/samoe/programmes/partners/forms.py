"""A partner organisation, as typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading, Sent
from samoe.programmes.groups.forms import read_districts
from samoe.programmes.programme.forms import LEAD_KINDS

PARTNER_KINDS = {
    **LEAD_KINDS, "district": "อำเภอ", "school": "สถานศึกษา", "teachers": "ครูและผู้ดูแลเด็ก",
    "company": "สถานประกอบการ", "ngo": "องค์กรพัฒนาเอกชน",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartnerForm:
    name_th: str
    name_en: str
    kind: str
    district_codes: tuple[str, ...] | None
    from_on: date | None
    to_on: date | None


def read_partner(sent: Sent, districts: Collection[str]) -> PartnerForm:
    """Name in Thai, kind and where it works are needed."""
    reading = Reading(sent)
    form = PartnerForm(
        name_th=reading.text("name_th", required="กรอกชื่อหน่วยงาน"),
        name_en=reading.text("name_en"),
        kind=reading.one_of("kind", PARTNER_KINDS, required="เลือกประเภทหน่วยงาน") or "",
        district_codes=read_districts(reading, districts),
        from_on=reading.day("from_on"),
        to_on=reading.day("to_on"),
    )
    if form.from_on and form.to_on and form.to_on < form.from_on:
        reading.fault("to_on", "วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม")
    reading.check()
    return form
