"""What came back from the bank or from the places where cash was handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from samoe.funding.batches.models import OUTCOMES
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent

Outcome = Literal["paid", "unclaimed", "bounced"]
REASON_NEEDED = "บอกเหตุผลที่ไม่ได้จ่าย เช่น ไม่มารับ บัญชีปิด ชื่อบัญชีไม่ตรง"


@dataclass(frozen=True, slots=True)
class Result:
    """What happened to one line of a batch. ``amount`` and ``seal`` are checked where the source gives them."""

    line_no: int
    outcome: str
    on: date
    reason: str | None = None
    amount: int | None = None
    seal: str | None = None

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise Problem("ผลการจ่ายต้องเป็น จ่ายแล้ว ไม่มารับ หรือตีกลับ", field="outcome")
        if self.outcome != "paid" and not self.reason:
            raise Problem(REASON_NEEDED, field="reason")


def read_result(sent: Sent, lines: list[int]) -> tuple[Result, ...]:
    """One outcome, day and reason for the ticked lines."""
    reading = Reading(sent)
    outcome = reading.one_of("outcome", OUTCOMES, required="เลือกผลการจ่าย")
    on = reading.day("on", required="กรอกวันที่จ่ายหรือวันที่ทราบผล")
    reason = reading.text("reason")
    if outcome in {"unclaimed", "bounced"} and not reason:
        reading.fault("reason", REASON_NEEDED)
    chosen = set(sent.all("line"))
    ticked = [number for number in lines if str(number) in chosen]
    if not ticked:
        reading.fault("line", "เลือกอย่างน้อยหนึ่งรายการ")
    reading.check()
    if outcome is None or on is None:
        return ()
    return tuple(Result(number, outcome, on, reason or None) for number in ticked)
