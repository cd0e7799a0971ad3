"""Committees, seats, holders and resolutions, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class CommitteeForm:
    name_th: str
    name_en: str
    appointed_by_th: str | None
    appointed_by_en: str | None
    announced_on: date | None


@dataclass(frozen=True, slots=True)
class SeatForm:
    title_th: str
    title_en: str
    organisation_th: str | None
    organisation_en: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class HolderForm:
    name: str
    acting: bool
    from_on: date | None


@dataclass(frozen=True, slots=True)
class ResolutionForm:
    body: str
    meeting_no: str
    held_on: date
    decision: str


def read_committee(sent: Sent) -> CommitteeForm:
    """Name in Thai needed."""
    reading = Reading(sent)
    form = CommitteeForm(
        name_th=reading.text("name_th", required="กรอกชื่อคณะกรรมการ"),
        name_en=reading.text("name_en"),
        appointed_by_th=reading.text("appointed_by_th") or None,
        appointed_by_en=reading.text("appointed_by_en") or None,
        announced_on=reading.day("announced_on"),
    )
    reading.check()
    return form


def read_seat(sent: Sent) -> SeatForm:
    """Title in Thai needed; lower ranks stand first."""
    reading = Reading(sent)
    form = SeatForm(
        title_th=reading.text("title_th", required="กรอกชื่อตำแหน่ง"),
        title_en=reading.text("title_en"),
        organisation_th=reading.text("organisation_th") or None,
        organisation_en=reading.text("organisation_en") or None,
        rank=reading.whole("rank", least=0, most=999) or 0,
    )
    reading.check()
    return form


def read_holder(sent: Sent) -> HolderForm:
    """Name needed; without a day, since before we know."""
    reading = Reading(sent)
    form = HolderForm(
        name=reading.text("name", required="กรอกชื่อผู้ดำรงตำแหน่ง"),
        acting=reading.flag("acting"),
        from_on=reading.day("from_on"),
    )
    reading.check()
    return form


def read_resolution(sent: Sent) -> ResolutionForm:
    """Meeting, number, day and what was decided: all needed."""
    reading = Reading(sent)
    body = reading.text("body", required="กรอกชื่อที่ประชุม")
    meeting_no = reading.text("meeting_no", required="กรอกครั้งที่ประชุม เช่น 3/2564", longest=40)
    held_on = reading.day("held_on", required="กรอกวันที่ประชุม")
    decision = reading.text("decision", required="กรอกมติที่ประชุม", longest=4000)
    reading.check()
    assert held_on is not None  # noqa: S101 (check raised otherwise)
    return ResolutionForm(body, meeting_no, held_on, decision)
