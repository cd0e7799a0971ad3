"""What is typed about a case, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samoe.kit.reading import Reading, Sent
from samoe.registry.persons.facts import PersonFacts
from samoe.registry.persons.forms import read_facts
from samoe.sdk import Field, Manifest
from samoe.tenancy import areas

ANSWER = "a_"
"""What the form calls an answer: this and the field's slug, so that no slug meets a name of the form."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """Somebody new in a group."""

    facts: PersonFacts
    identifier: str
    institution_id: UUID | None
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Handover:
    """A case handed to another area."""

    to_area_code: str
    happened_on: date
    reason: str


def read_new_case(sent: Sent, manifest: Manifest, province_code: str) -> NewCase:
    """A person and, if known already, the number, the institution and answers."""
    reading = Reading(sent)
    facts = read_facts(reading, province_code)
    made = NewCase(facts, reading.text("identifier"), _uuid(reading, "institution_id"), read_answers(reading, manifest))
    reading.check()
    return made


def read_answers(reading: Reading, manifest: Manifest) -> dict[str, Any]:
    """The answers that the form has a place for; None where one was left empty."""
    return {
        field.slug: _answer(reading, field)
        for field in manifest.fields
        if field.type != "scale" and _asked(reading.sent, field)
    }


def read_handover(sent: Sent, province_code: str, today: date) -> Handover:
    """Where to, since when and why."""
    reading = Reading(sent)
    codes = [area.code for area in areas.subdistricts(province_code)]
    to = reading.one_of("to_area_code", codes, required="เลือกตำบลที่จะรับดูแล")
    on = reading.day("happened_on") or today
    why = reading.text("reason", required="บอกเหตุผลที่ย้ายพื้นที่ดูแล")
    reading.check()
    return Handover(to or "", on, why)


def _answer(reading: Reading, field: Field) -> Any:
    name = ANSWER + field.slug
    if field.type == "flag":
        chosen = reading.one_of(name, ("yes", "no"))
        return None if chosen is None else chosen == "yes"
    if field.type == "choice":
        return reading.one_of(name, [option.value for option in field.options])
    if field.type == "money":
        return reading.money(name)
    if field.type in ("count", "number", "percent"):
        return reading.whole(name, least=field.min, most=field.max)
    if field.type == "date":
        day = reading.day(name)
        return day.isoformat() if day else None
    return reading.text(name) or None


def _asked(sent: Sent, field: Field) -> bool:
    name = ANSWER + field.slug
    return bool(sent.all(name)) or bool(sent.all(f"{name}_year"))


def _uuid(reading: Reading, name: str) -> UUID | None:
    text = reading.text(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        reading.fault(name, "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี")
        return None
