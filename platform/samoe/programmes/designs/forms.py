"""Beginning and publishing a design, as typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading, Sent
from samoe.programmes.designs.bodies import STARTS


@dataclass(frozen=True, slots=True)
class StartForm:
    """``template`` is the slug of the group to begin from; without it ``start`` is the kind of help of a blank page."""

    name: Mapping[str, str]
    start: str
    template: str | None


@dataclass(frozen=True, slots=True)
class PublishForm:
    effective_on: date
    reason: str | None
    enable: bool


def read_start(sent: Sent, templates: Collection[str]) -> StartForm:
    """Names in both languages and what to begin with are needed."""
    reading = Reading(sent)
    name = {
        "th": reading.text("name.th", required="ตั้งชื่อกลุ่มเป้าหมายเป็นภาษาไทย"),
        "en": reading.text("name.en", required="ตั้งชื่อกลุ่มเป้าหมายเป็นภาษาอังกฤษ"),
    }
    chosen = reading.one_of("begin", [*STARTS, *(f"from:{slug}" for slug in templates)], required="เลือกว่าจะเริ่มจากอะไร")
    reading.check()
    template = chosen.removeprefix("from:") if chosen and chosen.startswith("from:") else None
    return StartForm(name, chosen or STARTS[0], template)


def read_publishing(sent: Sent) -> PublishForm:
    """The day from which the version is used is needed."""
    reading = Reading(sent)
    effective_on = reading.day("effective_on", required="กรอกวันที่เริ่มใช้แบบนี้")
    reason = reading.text("reason", longest=2000) or None
    enable = reading.flag("enable")
    reading.check()
    assert effective_on is not None  # noqa: S101 (check raised otherwise)
    return PublishForm(effective_on, reason, enable)
