"""An amount of money that was sent, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class SendingForm:
    amount: int
    bank_reference: str | None
    on: date | None = None


def read_sending(sent: Sent) -> SendingForm:
    reading = Reading(sent)
    amount = reading.money("amount", required="กรอกจำนวนเงินที่โอน")
    reference = reading.text("bank_reference", longest=100)
    on = reading.day("on")
    reading.check()
    return checked(SendingForm(amount or 0, reference or None, on))


def checked(form: SendingForm) -> SendingForm:
    """The form, if its amount is something."""
    if form.amount <= 0:
        raise Problem("จำนวนเงินต้องมากกว่า 0 บาท", field="amount")
    return form
