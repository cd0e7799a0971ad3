"""What is typed about a case, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samoe.kit.reading import Reading, Sent
from samoe.registry.persons.facts import PersonFacts
from samoe.registry.persons.forms import read_facts
from samoe.sdk import Manifest
from samoe.targetgroups.answers import over, read_given
from samoe.targetgroups.pickable import Pickable
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


def read_new_case(sent: Sent, manifest: Manifest, pickable: Pickable) -> NewCase:
    """A person and, if known already, the number, the institution and answers."""
    reading = Reading(sent)
    facts = read_facts(reading, pickable.province or "")
    given = over({}, read_given(manifest, reading, {}, ANSWER, pickable))
    made = NewCase(facts, reading.text("identifier"), _uuid(reading, "institution_id"), given)
    reading.check()
    return made


def read_handover(sent: Sent, province_code: str, today: date) -> Handover:
    """Where to, since when and why."""
    reading = Reading(sent)
    codes = [area.code for area in areas.subdistricts(province_code)]
    to = reading.one_of("to_area_code", codes, required="เลือกตำบลที่จะรับดูแล")
    on = reading.day("happened_on") or today
    why = reading.text("reason", required="บอกเหตุผลที่ย้ายพื้นที่ดูแล")
    reading.check()
    return Handover(to or "", on, why)


def _uuid(reading: Reading, name: str) -> UUID | None:
    text = reading.text(name)
    try:
        return UUID(text) if text else None
    except ValueError:
        reading.fault(name, "ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี")
        return None
