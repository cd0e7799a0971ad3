"""The amounts of a benefit, as typed."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class AmountsForm:
    min_amount: int
    max_amount: int


def read_amounts(sent: Sent, kind: str) -> AmountsForm:
    """Two bounds where the benefit is a range; else one amount, the same for everybody."""
    reading = Reading(sent)
    if kind != "range":
        least = most = reading.money("amount", required="กรอกจำนวนเงินต่อราย")
    else:
        least = reading.money("min_amount", required="กรอกจำนวนเงินต่ำสุด")
        most = reading.money("max_amount", required="กรอกจำนวนเงินสูงสุด")
        if least is not None and most is not None and most < least:
            reading.fault("max_amount", "จำนวนสูงสุดต้องไม่น้อยกว่าจำนวนต่ำสุด")
    reading.check()
    return AmountsForm(least or 0, most or 0)
