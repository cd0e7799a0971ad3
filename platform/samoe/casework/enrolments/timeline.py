"""What has happened to a person or an institution, newest first, month by month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.certifying.queries import LEVELS, VOID
from samoe.casework.enrolments.cases import Case
from samoe.casework.models import (
    Assignment,
    Certification,
    CertificationLine,
    Encounter,
    Referral,
    Transfer,
)
from samoe.casework.screening.queries import receipts
from samoe.i18n import current_locale, gettext, pick
from samoe.identity.models import Account, Membership
from samoe.kit import be_format
from samoe.kit.be_date import LONG_MONTHS
from samoe.registry.consents.queries import PURPOSES, consents_of
from samoe.sdk import Manifest
from samoe.tenancy import areas, current

KINDS: Mapping[str, str] = {"visit": "เยี่ยมและติดตาม", "referral": "ส่งต่อ", "decision": "การตัดสิน", "record": "ทะเบียน"}
DECIDED: Mapping[str, str] = {
    "qualifies": "คัดกรองแล้ว ผ่านเกณฑ์", "does_not": "คัดกรองแล้ว ไม่ผ่านเกณฑ์", "unknown": "คัดกรองแล้ว ข้อมูลไม่พอตัดสิน",
}  # fmt: skip
EXCEPTED: Mapping[str, str] = {"qualifies": "มติยกเว้นเกณฑ์ให้ผ่าน", "does_not": "มติยกเว้นเกณฑ์ให้ไม่ผ่าน"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``level`` and ``tone`` choose its square on the line."""

    on: date
    kind: str
    title: str
    text: str = ""
    meta: str = ""
    level: str = "full"
    tone: str = "kram"

    @property
    def date(self) -> str:
        return " ".join(be_format.short(self.on, current_locale()).split()[:2])


@dataclass(frozen=True, slots=True)
class Month:
    """A month's name and its entries."""

    label: str
    entries: list[Entry]


def timeline(db: Session, cases: Sequence[Case], kind: str = "") -> list[Month]:
    """Everything of these cases (one person's), or one kind of it."""
    names = _names(db)
    entries = [entry for case in cases for source in SOURCES for entry in source(db, case, names)]
    person_id = next((case.enrolment.person_id for case in cases if case.enrolment.person_id), None)
    if person_id is not None:
        entries += _consents(db, person_id)
    wanted = [entry for entry in entries if not kind or entry.kind == kind]
    return list(_months(sorted(wanted, key=lambda entry: entry.on, reverse=True)))


def _months(entries: Iterable[Entry]) -> Iterable[Month]:
    month: Month | None = None
    for entry in entries:
        label = _month(entry.on)
        if month is None or month.label != label:
            if month is not None:
                yield month
            month = Month(label, [])
        month.entries.append(entry)
    if month is not None:
        yield month


def _month(day: date) -> str:
    return be_format.long(day, current_locale(), "month") if current_locale() == "en" else (
        f"{LONG_MONTHS[day.month - 1]} {day.year + 543}"
    )  # fmt: skip


def _enrolled(_db: Session, case: Case, _names: Mapping[str, str]) -> Iterable[Entry]:
    e = case.enrolment
    name = pick(case.manifest.name.th, case.manifest.name.en)
    title = gettext("ขึ้นทะเบียนกลุ่มเป้าหมาย")
    if e.carried_from_id:
        title = gettext("ยกมาจากระยะก่อน")
    meta = gettext("จากไฟล์ที่นำเข้า") if e.import_batch_id else ""
    yield Entry(e.happened_on or e.recorded_at.date(), "record", title, name, meta, level="part")


def _encounters(db: Session, case: Case, names: Mapping[str, str]) -> Iterable[Entry]:
    kinds = {kind.slug: kind for kind in case.manifest.encounters}
    for row in _rows(db, case, Encounter):
        kind = kinds.get(row.kind)
        title = pick(kind.label.th, kind.label.en) if kind else row.kind
        ending = next((one for one in kind.results if one.value == row.outcome), None) if kind else None
        result = pick(ending.label.th, ending.label.en) if ending else row.outcome
        text = " · ".join(part for part in (result, row.note) if part)
        yield Entry(row.happened_on, "visit", title, text, names.get(str(row.made_by), ""))


def _decisions(db: Session, case: Case, _names: Mapping[str, str]) -> Iterable[Entry]:
    for one in receipts(db, case.enrolment.id):
        group = pick(case.manifest.name.th, case.manifest.name.en)
        if one.kind == "resolution":
            meta = gettext("%(body)s ครั้งที่ %(no)s", body=one.body, no=one.meeting_no)
            title, text, tone = gettext(EXCEPTED[one.outcome]), gettext("เหตุผล: %(why)s", why=one.reason), "krang"
        else:
            meta = gettext("เกณฑ์ฉบับที่ %(number)s", number=one.version)
            title, text, tone = gettext(DECIDED[one.outcome]), group, "kram"
        level = {"qualifies": "full", "does_not": "not", "unknown": "unknown"}[one.outcome]
        yield Entry(_day(one.decided_at), "decision", title, text, meta, level, tone)


def _referrals(db: Session, case: Case, _names: Mapping[str, str]) -> Iterable[Entry]:
    for row in _rows(db, case, Referral):
        to = place_of(case.manifest, row)
        yield Entry(row.sent_on, "referral", gettext("ส่งต่อไป %(place)s", place=to), level="part")
        if row.answered_on and row.state != "rejected":
            yield Entry(row.answered_on, "referral", gettext("%(place)s ตอบรับ", place=to), level="most")
        elif row.answered_on:
            yield Entry(
                row.answered_on, "referral", gettext("%(place)s ไม่รับ", place=to),
                gettext("เหตุผล: %(why)s", why=row.reason), tone="krang",
            )  # fmt: skip
        if row.finished_on and row.state == "done":
            yield Entry(row.finished_on, "referral", outcome_of(case.manifest, row), to)
        elif row.finished_on:
            reason = gettext("เหตุผล: %(why)s", why=row.reason)
            yield Entry(row.finished_on, "referral", gettext("ยกเลิกการส่งต่อ"), reason, to, "none", "krang")


def _transfers(db: Session, case: Case, names: Mapping[str, str]) -> Iterable[Entry]:
    for row in _rows(db, case, Transfer):
        where = [areas.name_of(code, current_locale()) for code in (row.from_area_code, row.to_area_code)]
        text = gettext("จาก %(origin)s ไป %(to)s · %(why)s", origin=where[0] or "–", to=where[1] or "–", why=row.reason)
        yield Entry(row.happened_on, "record", gettext("ย้ายพื้นที่ดูแล"), text, names.get(str(row.made_by), ""), "part")


def _assignments(db: Session, case: Case, names: Mapping[str, str]) -> Iterable[Entry]:
    for row in _rows(db, case, Assignment):
        name = names.get(str(row.given_to_id), "")
        yield Entry(row.from_on, "record", gettext("มอบหมายให้ %(name)s", name=name), level="part")


def _certified(db: Session, case: Case, _names: Mapping[str, str]) -> Iterable[Entry]:
    c, line = Certification, CertificationLine
    rows = db.execute(
        select(c.certified_on, c.level, c.body, line.seq, line.voided_at, line.void_reason)
        .join(c, (c.tenant_id == line.tenant_id) & (c.id == line.certification_id))
        .where(line.tenant_id == current().tenant_id, line.enrolment_id == case.enrolment.id)
    )
    for row in rows:
        text = gettext("%(body)s · ลำดับที่ %(seq)s", body=row.body, seq=row.seq)
        yield Entry(row.certified_on, "decision", gettext(LEVELS[row.level]), text)
        if row.voided_at:
            why = gettext(VOID.get(row.void_reason or "", row.void_reason or ""))
            yield Entry(_day(row.voided_at), "decision", gettext("การรับรองนี้ไม่มีผลแล้ว"), why, "", "none", "krang")


def _consents(db: Session, person_id: UUID) -> Iterable[Entry]:
    for row in consents_of(db, person_id):
        purpose = gettext(PURPOSES.get(row.purpose, row.purpose))
        yield Entry(row.given_on, "record", gettext("ให้ความยินยอม"), purpose, row.guardian_name or "", "part")
        if row.withdrawn_on:
            yield Entry(row.withdrawn_on, "record", gettext("ถอนความยินยอม"), purpose, "", "none", "krang")


SOURCES: tuple[Callable[[Session, Case, Mapping[str, str]], Iterable[Entry]], ...] = (
    _enrolled, _encounters, _decisions, _referrals, _transfers, _assignments, _certified,
)  # fmt: skip


def place_of(manifest: Manifest, row: Referral) -> str:
    """Where a referral goes, as it was written down."""
    kind = next((one for one in manifest.referrals if one.slug == row.kind), None)
    return row.to_name or (pick(kind.label.th, kind.label.en) if kind else row.kind)


def outcome_of(manifest: Manifest, row: Referral) -> str:
    """How a referral ended, in the group's words."""
    kind = next((one for one in manifest.referrals if one.slug == row.kind), None)
    option = next((one for one in kind.outcomes if one.value == row.outcome), None) if kind else None
    return pick(option.label.th, option.label.en) if option else row.outcome or ""


def _rows(db: Session, case: Case, table: Any) -> Iterable[Any]:
    query = select(table).where(table.tenant_id == current().tenant_id, table.enrolment_id == case.enrolment.id)
    return db.scalars(query)


def _names(db: Session) -> dict[str, str]:
    m, a = Membership, Account
    rows = db.execute(
        select(m.id, a.display_name).join(a, a.id == m.account_id).where(m.tenant_id == current().tenant_id)
    )
    return {str(row.id): row.display_name for row in rows}


def _day(moment: datetime) -> date:
    return moment.date()
