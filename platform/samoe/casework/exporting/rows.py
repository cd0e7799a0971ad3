"""Everybody whom the filters leave, as lines of text for a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments import queries
from samoe.casework.enrolments.asking import spoken_of
from samoe.casework.enrolments.filters import DECISIONS, Filters
from samoe.casework.models import Enrolment
from samoe.casework.screening.checks import value_of
from samoe.i18n import current_locale, pick
from samoe.i18n import gettext as _
from samoe.identity import Actor, Permission
from samoe.kit import be_format
from samoe.kit.problem import Problem
from samoe.registry.models import Institution
from samoe.sdk import Field
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import areas, current

MOST = 20_000
"""Persons in one file. A whole province in a file is what nobody needs and everybody loses."""
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Heads, lines of as many texts, and whom they are about."""

    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    persons: tuple[UUID, ...]


def sheet(db: Session, actor: Actor, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date) -> Sheet:
    """The list as it is filtered. No identity numbers, and answers to sensitive questions only for who reads them
    anyway. Raises ``Problem`` where more than ``MOST`` are left."""
    fields = readable(actor, group)
    rows = list(_rows(db, group, phase_id, filters, today))
    places, workers = _institutions(db, [row.id for row in rows]), queries.workers(db)
    names = spoken_of(db, group.manifest, (row.answers for row in rows))
    lines = tuple(
        _line(number, row, places.get(row.id, ""), workers, fields, names, today) for number, row in enumerate(rows, 1)
    )
    return Sheet(_heads(fields), lines, tuple(row.person_id for row in rows if row.person_id))


def readable(actor: Actor, group: EnabledGroup) -> list[Field]:
    """The questions whose answers the actor reads anyway."""
    opens = Permission.SENSITIVE_READ in actor.permissions
    return [field for field in group.manifest.fields if field.type != "national_id" and (opens or not field.sensitive)]


def _rows(db: Session, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date) -> Iterator[queries.Row]:
    after, met = "", 0
    while True:
        page = queries.listing(db, group, phase_id, replace(filters, after=after), today, limit=AT_ONCE)
        met += len(page.rows)
        if met > MOST:
            raise Problem(
                "รายชื่อที่กรองไว้เกิน %(most)s คน กรองให้แคบลง เช่น ทีละอำเภอ แล้วส่งออกใหม่", most=f"{MOST:,}"
            )  # fmt: skip
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _institutions(db: Session, ids: list[UUID]) -> dict[UUID, str]:
    e, i = Enrolment, Institution
    found: dict[UUID, str] = {}
    for first in range(0, len(ids), AT_ONCE):
        rows = db.execute(
            select(e.id, i.name)
            .join(i, (i.tenant_id == e.tenant_id) & (i.id == e.institution_id))
            .where(e.tenant_id == current().tenant_id, e.id.in_(ids[first : first + AT_ONCE]))
        )
        found |= {row.id: row.name for row in rows}
    return found


def _heads(fields: list[Field]) -> tuple[str, ...]:
    return (
        _("ลำดับ"), _("ชื่อ – สกุล"), _("วันเกิด"), _("อายุ"), _("อำเภอ"), _("ตำบล"), _("สถานศึกษา"), _("สถานะ"),
        _("ผลคัดกรอง"), _("กำหนด"), _("ผู้ดูแล"), *(pick(field.label.th, field.label.en) for field in fields),
    )  # fmt: skip


def _line(
    number: int,
    row: queries.Row,
    place: str,
    workers: dict[str, str],
    fields: list[Field],
    names: dict[str, str],
    today: date,
) -> tuple[str, ...]:
    locale, age = current_locale(), row.age(today)
    where = [areas.name_of(code, locale) for code in (row.area_code[:4], row.area_code)] if row.area_code else ["", ""]
    return (
        str(number), row.name, _day(row.birth_date), "" if age is None else str(age), *where, place,
        pick(row.stage.label.th, row.stage.label.en) if row.stage else row.status, _(DECISIONS[row.decision or "none"]),
        _day(row.due), workers.get(str(row.worker_id), ""),
        *(_answer(field, row.answers.get(field.slug), names) for field in fields),
    )  # fmt: skip


def _answer(field: Field, value: object, names: dict[str, str]) -> str:
    """In words. Of a file it says only whether there is one."""
    if field.type in ATTACHED:
        return _("ไม่มี") if value is None else _("มี")
    return "" if value is None else value_of(field, value, names)


def _day(day: date | None) -> str:
    return be_format.short(day, current_locale()) if day else ""
