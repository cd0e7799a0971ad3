"""Reading what was opened: by whoever opened it, and by the province it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound
from samoe.registry.emergencies.models import EmergencyOpening
from samoe.registry.persons.queries import shown_name
from samoe.targetgroups.enabling import on_by_tenant
from samoe.tenancy import current
from samoe.tenancy.tenants import TenantName, tenant, tenants

PAGE = 100
_OWN = text("select * from own_emergencies() order by opened_at desc")
_READ = text("select read_emergency(:opening)")


@dataclass(frozen=True, slots=True)
class Opened:
    """One's own opening, without who it is about."""

    id: UUID
    province: TenantName
    reason: str
    opened_at: datetime
    until_at: datetime
    closed_at: datetime | None
    verdict: str | None
    review_note: str | None

    def live(self, now: datetime) -> bool:
        return self.closed_at is None and self.until_at > now


@dataclass(frozen=True, slots=True)
class Record:
    """What an opening shows: who and where, in which of the groups that are on and how far, what was paid."""

    province: TenantName
    until: datetime
    reason: str
    name: str
    birth_date: date | None
    area_code: str | None
    places: Sequence[Mapping[str, Any]]
    cases: Sequence[Mapping[str, Any]]
    payments: Sequence[Mapping[str, Any]]


def own(db: Session, actor: Actor) -> list[Opened]:
    """What the actor opened in the last thirty days, the latest first."""
    require(actor, Permission.EMERGENCY_OPEN)
    named = {one.id: one for one in tenants(db)}
    return [
        Opened(
            id=row.id, province=named[row.province], reason=row.reason, opened_at=row.opened_at,
            until_at=row.until_at, closed_at=row.closed_at, verdict=row.verdict, review_note=row.review_note,
        )
        for row in db.execute(_OWN)
    ]  # fmt: skip


def read(db: Session, actor: Actor, opening_id: UUID) -> Record:
    """The record behind an opening, which is noted each time. Raises ``NotFound`` once the hour is over or it was
    closed, and for an opening of anybody else."""
    require(actor, Permission.EMERGENCY_OPEN)
    told = db.execute(_READ, {"opening": opening_id}).scalar_one()
    if told is None:
        raise NotFound("รายการนี้ปิดไปแล้วหรือหมดเวลาแล้ว ถ้ายังจำเป็น เปิดใหม่พร้อมเหตุผล")
    person, on = told["person"], on_by_tenant(db).get(told["province"], frozenset())
    cases = [one for one in told["cases"] if one["group"] in on]
    return Record(
        province=tenant(db, told["province"]),
        until=datetime.fromisoformat(told["until"]), reason=told["reason"],
        name=shown_name(person["title"], person["first_name"], person["last_name"]),
        birth_date=_day(person["birth_date"]) if person["birth_precision"] == "day" else None,
        area_code=person["area_code"], places=_with_days(told["places"]), cases=_with_days(cases),
        payments=_with_days(told["payments"]),
    )  # fmt: skip


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _with_days(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: _day(value) if key.endswith("_on") else value for key, value in row.items()} for row in rows]


def waiting(db: Session) -> int:
    """How many openings of the province nobody has looked at yet."""
    o = EmergencyOpening
    query = select(func.count()).where(o.tenant_id == current().tenant_id, o.verdict.is_(None))
    return db.execute(query).scalar_one()


def listed(db: Session) -> Sequence[EmergencyOpening]:
    """The province's openings: those that nobody has looked at first, then the latest."""
    o = EmergencyOpening
    query = select(o).where(o.tenant_id == current().tenant_id)
    return db.scalars(query.order_by(o.verdict.is_not(None), o.id.desc()).limit(PAGE)).all()


def one(db: Session, opening_id: UUID) -> EmergencyOpening:
    """An opening of the province, or ``NotFound``."""
    found = db.get(EmergencyOpening, (current().tenant_id, opening_id))
    if found is None:
        raise NotFound
    return found
