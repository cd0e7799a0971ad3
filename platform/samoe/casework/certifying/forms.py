"""A certification, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.casework.certifying.queries import LEVELS
from samoe.kit.reading import Reading, Sent
from samoe.programmes.committees.forms import ResolutionForm, read_resolution


@dataclass(frozen=True, slots=True)
class CertificationForm:
    """Which level, by whom, on which day; with the meeting where one decided."""

    level: str
    body: str
    certified_on: date
    institution: str
    meeting: ResolutionForm | None


def read_certification(sent: Sent) -> CertificationForm:
    """A centre signs by its head on a day; the other levels name the meeting, whose day it then is."""
    reading = Reading(sent)
    level = reading.one_of("level", tuple(LEVELS), required="เลือกว่ารับรองในระดับใด") or ""
    institution = reading.text("institution_id")
    if level == "centre":
        body = reading.text("by", required="พิมพ์ชื่อและตำแหน่งผู้รับรอง")
        on = reading.day("certified_on", required="กรอกวันที่รับรอง")
        if not institution:
            reading.fault("institution_id", "เลือกศูนย์ที่รับรอง")
        reading.check()
        return CertificationForm(level, body, on or date.min, institution, None)
    reading.check()
    meeting = read_resolution(sent)
    return CertificationForm(level, meeting.body, meeting.held_on, institution, meeting)
