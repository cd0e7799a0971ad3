"""A target group in a phase, as typed; and its settings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent
from samoe.sdk import Setting
from samoe.targetgroups.tuning import read_value

REGISTERS = {"population": "ประชากรทั้งหมด", "target_list": "บัญชีเป้าหมาย"}
SOURCES = {"list": "รายชื่อที่ต้องไปค้นหา", "survey": "แบบสำรวจผู้ที่พบแล้ว"}


@dataclass(frozen=True, slots=True)
class GroupInPhaseForm:
    register: str
    source: str
    district_codes: tuple[str, ...] | None


def read_group(sent: Sent, districts: Collection[str]) -> GroupInPhaseForm:
    """``whole`` means the whole province; otherwise at least one of its districts is ticked."""
    reading = Reading(sent)
    register = reading.one_of("register", REGISTERS, required="เลือกว่ารายชื่อของกลุ่มนี้คืออะไร")
    source = reading.one_of("source", SOURCES, required="เลือกว่าไฟล์ของกลุ่มนี้มาจากไหน")
    codes = read_districts(reading, districts)
    reading.check()
    return GroupInPhaseForm(register or "", source or "", codes)


def read_districts(reading: Reading, districts: Collection[str]) -> tuple[str, ...] | None:
    """None for the whole province; at least one of its districts otherwise."""
    if reading.flag("whole"):
        return None
    chosen = reading.some_of("districts", districts)
    if not chosen:
        reading.fault("districts", "เลือกอย่างน้อยหนึ่งอำเภอ หรือเลือกทั้งจังหวัด")
    return tuple(chosen)


def read_settings(sent: Sent, settings: Collection[Setting]) -> dict[str, Any]:
    """The settings that the form holds, typed. A box that is not ticked is sent as nothing and means no."""
    reading = Reading(sent)
    values: dict[str, Any] = {}
    for setting in settings:
        typed = sent.text(setting.slug)
        try:
            if setting.type == "date":
                day = reading.day(setting.slug, required="กรอกวันที่")
                values[setting.slug] = day.isoformat() if day else None
            else:
                values[setting.slug] = read_value(setting, typed)
        except Problem as problem:
            reading.problems.append(problem)
    reading.check()
    return values
