"""Money that came in from outside, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class IncomeForm:
    source: str
    amount: int
    on: date
    memo: str
    agreement_id: UUID | None


def read_income(sent: Sent, sources: list[str], agreements: list[UUID]) -> IncomeForm:
    """Where it came from, how much, when, and which paper says so."""
    reading = Reading(sent)
    source = reading.one_of("source", sources, required="เลือกแหล่งเงิน")
    amount = reading.money("amount", required="กรอกจำนวนเงิน")
    on = reading.day("on", required="กรอกวันที่รับเงิน")
    memo = reading.text("memo", required="กรอกเลขที่หรือชื่อเอกสารอ้างอิง")
    chosen = next((one for one in agreements if str(one) == sent.text("agreement")), None)
    if agreements and chosen is None:
        reading.fault("agreement", "เลือกข้อตกลงที่เงินนี้เป็นของ")
    reading.check()
    if source is None or on is None:
        raise AssertionError("checked above")
    return IncomeForm(source, amount or 0, on, memo, chosen)
