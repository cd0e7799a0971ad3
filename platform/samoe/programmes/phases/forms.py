"""A phase, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from samoe.kit.reading import Reading, Sent

LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class PhaseForm:
    number: int
    starts_on: date
    ends_on: date
    predecessor_number: int | None
    dates_confirmed: bool = True
    signatories: int | None = None
    """None leaves the number as it is."""


def read_phase(sent: Sent) -> PhaseForm:
    """Number and both days needed; the predecessor is an earlier number."""
    reading = Reading(sent)
    number = reading.whole("number", required="กรอกเลขระยะ", least=1, most=99)
    starts_on = reading.day("starts_on", required="กรอกวันเริ่มระยะ")
    ends_on = reading.day("ends_on", required="กรอกวันสิ้นสุดระยะ")
    predecessor = reading.whole("predecessor", least=1, most=99)
    signatories = reading.whole("signatories", least=2, most=5)
    if starts_on and ends_on and ends_on < starts_on:
        reading.fault("ends_on", "วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม")
    elif starts_on and ends_on and ends_on - starts_on > LONGEST:
        reading.fault("ends_on", "ระยะยาวเกิน 3 ปี ตรวจปีของวันเริ่มและวันสิ้นสุดอีกครั้ง")
    if number and predecessor and predecessor >= number:
        reading.fault("predecessor", "ระยะก่อนหน้าต้องมีเลขน้อยกว่าระยะนี้")
    reading.check()
    assert number is not None and starts_on is not None and ends_on is not None  # noqa: S101, PT018 (check raised otherwise)
    return PhaseForm(number, starts_on, ends_on, predecessor, signatories=signatories)
