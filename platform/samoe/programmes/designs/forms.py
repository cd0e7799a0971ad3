"""Beginning and publishing a design, as typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.kit.reading import Reading, Sent
from samoe.programmes.designs.bodies import STARTS


@dataclass(frozen=True, slots=True)
class Template:
    """What a group can be begun from: the newest version of a group here, an older one by its number, or an offer."""

    of: str | UUID
    number: int | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"from:{self.of}" if self.number is None else f"from:{self.of}:{self.number}"


@dataclass(frozen=True, slots=True)
class StartForm:
    """``start`` is the kind of help of a blank page, where there is no template."""

    name: Mapping[str, str]
    start: str
    template: Template | None


@dataclass(frozen=True, slots=True)
class PublishForm:
    effective_on: date | None
    """None is from the beginning: only a first version from a file may say so."""
    reason: str | None
    enable: bool


def read_start(sent: Sent, templates: Collection[Template]) -> StartForm:
    """Names in both languages and what to begin with are needed."""
    reading = Reading(sent)
    name = {
        "th": reading.text("name.th", required="ตั้งชื่อกลุ่มเป้าหมายเป็นภาษาไทย"),
        "en": reading.text("name.en", required="ตั้งชื่อกลุ่มเป้าหมายเป็นภาษาอังกฤษ"),
    }
    named = {one.key: one for one in templates}
    chosen = reading.one_of("begin", [*STARTS, *named], required="เลือกว่าจะเริ่มจากอะไร")
    reading.check()
    return StartForm(name, chosen or STARTS[0], named.get(chosen or ""))


def read_publishing(sent: Sent) -> PublishForm:
    """The day from which the version is used is needed."""
    reading = Reading(sent)
    effective_on = reading.day("effective_on", required="กรอกวันที่เริ่มใช้แบบนี้")
    reason = reading.text("reason", longest=2000) or None
    enable = reading.flag("enable")
    reading.check()
    assert effective_on is not None  # noqa: S101 (check raised otherwise)
    return PublishForm(effective_on, reason, enable)
