"""What is typed on the way: an encounter, a referral, an answer to one, a stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent
from samoe.sdk import Manifest

ANSWERS = ("accept", "reject", "finish", "revoke")


@dataclass(frozen=True, slots=True)
class EncounterForm:
    """A visit: which kind, what was found, when."""

    kind: str
    result: str
    happened_on: date
    note: str
    follow_up_id: UUID | None


@dataclass(frozen=True, slots=True)
class ReferralForm:
    """Where to, since when, and whether the notice was given."""

    kind: str
    sent_on: date
    to_name: str
    to_institution_id: UUID | None
    to_partner_id: UUID | None
    notice_given: bool


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What is said to a referral."""

    answer: str
    on: date
    reason: str
    outcome: str


@dataclass(frozen=True, slots=True)
class StageForm:
    """A stage chosen by hand."""

    to: str
    on: date
    reason: str


def read_encounter(sent: Sent, manifest: Manifest, today: date) -> EncounterForm:
    """Kind and result needed; the day is today unless another is given, and never lies ahead."""
    reading = Reading(sent)
    kind = reading.one_of("kind", [one.slug for one in manifest.encounters], required="เลือกว่าพบหรือติดตามแบบใด")
    asked = next((one for one in manifest.encounters if one.slug == kind), None)
    results = [one.value for one in asked.results] if asked else []
    result = reading.one_of("result", results, required="เลือกผลที่พบ") if asked else ""
    on = _past(reading, "happened_on", today)
    note = reading.text("note", longest=2000)
    follow_up = _uuid(reading, "follow_up")
    reading.check()
    return EncounterForm(kind or "", result or "", on, note, follow_up)


def read_referral(sent: Sent, manifest: Manifest, today: date) -> ReferralForm:
    """Kind and place needed; a place is chosen from the list or typed."""
    reading = Reading(sent)
    kind = reading.one_of("kind", [one.slug for one in manifest.referrals], required="เลือกว่าส่งต่อไปที่ใด")
    where, _, chosen = reading.text("place").partition(":")
    typed = reading.text("to_name")
    if not chosen and not typed:
        reading.fault("to_name", "เลือกหรือพิมพ์ชื่อหน่วยรับส่งต่อ")
    on = _past(reading, "sent_on", today)
    reading.check()
    place = _id(chosen)
    return ReferralForm(
        kind or "",
        on,
        typed,
        place if where == "institution" else None,
        place if where == "partner" else None,
        reading.flag("notice_given"),
    )


def read_answer(sent: Sent, today: date) -> AnswerForm:
    """One of the answers; which of reason and outcome it needs is the action's business."""
    reading = Reading(sent)
    answer = reading.one_of("answer", ANSWERS, required="เลือกว่ารับหรือไม่รับ")
    on = _past(reading, "on", today)
    made = AnswerForm(answer or "", on, reading.text("reason", longest=2000), reading.text("outcome"))
    reading.check()
    return made


def read_stage(sent: Sent, manifest: Manifest, today: date) -> StageForm:
    """The stage, the day and the reason."""
    reading = Reading(sent)
    to = reading.one_of("to", [stage.slug for stage in manifest.stages], required="เลือกขั้นถัดไป")
    on = _past(reading, "on", today)
    made = StageForm(to or "", on, reading.text("reason", longest=2000))
    reading.check()
    return made


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """What becomes of a follow-up that is due: a later day, or none."""

    later: date | None
    reason: str


def read_follow_up(sent: Sent, today: date) -> FollowUpForm:
    """A later day with a reason, or that it will not be done."""
    reading = Reading(sent)
    if reading.text("answer") == "miss":
        return FollowUpForm(None, reading.text("reason", longest=2000))
    later = reading.day("due_on", required="กรอกวันนัดใหม่")
    if later and later <= today:
        reading.fault("due_on", "วันนัดใหม่ต้องอยู่หลังวันนี้")
    reason = reading.text("reason", required="บอกเหตุผลที่เลื่อนกำหนด", longest=2000)
    reading.check()
    return FollowUpForm(later, reason)


def _past(reading: Reading, name: str, today: date) -> date:
    day = reading.day(name) or today
    if day > today:
        reading.fault(name, "วันที่นี้ยังมาไม่ถึง ตรวจวันและปีอีกครั้ง")
    return day


def _uuid(reading: Reading, name: str) -> UUID | None:
    return _id(reading.text(name))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Problem("ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี") from None
