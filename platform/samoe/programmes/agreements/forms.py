"""An agreement, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import clean

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class AgreementForm:
    number: str | None
    signed_on: date | None
    amount: int | None
    signatories: tuple[str, ...]
    deliverables: tuple[str, ...]


def read_agreement(sent: Sent) -> AgreementForm:
    """Nothing is needed: a number or day may be known later. Signatories and deliverables are one a line."""
    reading = Reading(sent)
    form = AgreementForm(
        number=reading.text("number", longest=80) or None,
        signed_on=reading.day("signed_on"),
        amount=reading.money("amount"),
        signatories=_lines(reading, "signatories"),
        deliverables=_lines(reading, "deliverables"),
    )
    reading.check()
    return form


def _lines(reading: Reading, name: str) -> tuple[str, ...]:
    lines = [clean(line) for line in reading.sent.text(name).splitlines()]
    found = tuple(line for line in lines if line)
    if len(found) > MOST_LINES or any(len(line) > 500 for line in found):
        reading.fault(name, "มากเกินไป ใส่ได้ไม่เกิน %(most)s บรรทัด บรรทัดละไม่เกิน 500 ตัวอักษร", most=MOST_LINES)
    return found
