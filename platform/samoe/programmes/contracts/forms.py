"""A national indicator, as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from samoe.kit.reading import Reading, Sent
from samoe.targetgroups.contracts import BETTER_WORDS, KIND_WORDS

CODE = re.compile(r"[A-Z]{2,6}-[1-9][0-9]{0,2}")


@dataclass(frozen=True, slots=True)
class ContractForm:
    code: str
    name: Mapping[str, str]
    meaning: Mapping[str, str]
    kind: str
    unit: Mapping[str, str] | None
    better: str


def read_contract(sent: Sent) -> ContractForm:
    """Everything but the unit is needed, in both languages."""
    reading = Reading(sent)
    code = reading.text("code", required="ตั้งรหัส เช่น ECD-5").upper()
    if code and not CODE.fullmatch(code):
        reading.fault("code", "รหัสเป็นตัวอักษรอังกฤษ 2–6 ตัว ขีด และเลขลำดับ เช่น ECD-5")
    name = {
        "th": reading.text("name.th", required="ตั้งชื่อเป็นภาษาไทย"),
        "en": reading.text("name.en", required="ตั้งชื่อเป็นภาษาอังกฤษ"),
    }
    meaning = {
        "th": reading.text("meaning.th", required="เขียนความหมายหนึ่งประโยคเป็นภาษาไทย"),
        "en": reading.text("meaning.en", required="เขียนความหมายหนึ่งประโยคเป็นภาษาอังกฤษ"),
    }
    kind = reading.one_of("kind", list(KIND_WORDS), required="เลือกว่าตัวเลขเป็นแบบใด")
    better = reading.one_of("better", list(BETTER_WORDS), required="เลือกว่าค่าแบบใดดีกว่า")
    unit = {side: reading.text(f"unit.{side}", longest=40) for side in ("th", "en")}
    if any(unit.values()) and not all(unit.values()):
        reading.fault("unit.en" if unit["th"] else "unit.th", "กรอกหน่วยให้ครบทั้งสองภาษา หรือเว้นว่างทั้งคู่")
    reading.check()
    return ContractForm(code, name, meaning, kind or "share", unit if all(unit.values()) else None, better or "neither")
