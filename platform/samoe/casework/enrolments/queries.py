"""The caseload of a group: one page of it, and the counts beside its views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from samoe.casework.enrolments.filters import NOBODY, NOWHERE, Filters
from samoe.casework.models import Enrolment, FollowUp
from samoe.identity.models import Account, Membership
from samoe.kit import be_date, ids
from samoe.kit.thai import clean
from samoe.registry.models import Institution, Person
from samoe.registry.persons.queries import by_identifier, escaped, shown_name
from samoe.sdk import Manifest, Stage
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.settling import asked as questions_asked
from samoe.targetgroups.stages import share_of_way, stage_of
from samoe.tenancy import areas, current
from samoe.tenancy.models import area_bit

# Columns of tables, not of mapped classes: the list is asked for at every turn, and mapping costs more than reading.
_CASE, _PERSON, _PLACE = Enrolment.__table__.c, Person.__table__.c, Institution.__table__.c
_FOLLOW_UP = FollowUp.__table__.c

_WITHOUT_DISTRICT = _CASE.area_bit == area_bit(None)
PAGE = 50
CAP = 1000
"""Counts stop here: exact ones cost as much as the list has rows."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the caseload."""

    id: UUID
    person_id: UUID | None
    subject_id: UUID | None
    name: str
    birth_date: date | None
    area_code: str | None
    status: str
    status_on: date | None
    decision: str | None
    answers: Mapping[str, Any]
    worker_id: UUID | None
    follow_up_due: date | None
    stage: Stage | None
    carried: bool
    sort_key: str

    @property
    def due(self) -> date | None:
        """When the next step is due: a planned follow-up, or the time that the stage allows."""
        allowed = None
        if self.stage and self.stage.due_after is not None and self.status_on:
            allowed = self.status_on + timedelta(days=self.stage.due_after)
        return min((day for day in (self.follow_up_due, allowed) if day), default=None)

    def level(self, manifest: Manifest) -> float | str:
        """How full its square is."""
        share = share_of_way(manifest, self.status)
        return "not" if share is None else share

    def place(self, locale: str) -> str:
        """District and subdistrict of care."""
        codes = [self.area_code[:4], self.area_code] if self.area_code else []
        return " · ".join(areas.name_of(code, locale) for code in dict.fromkeys(codes))

    def age(self, day: date) -> int | None:
        return be_date.age_on(self.birth_date, day) if self.birth_date else None

    def answered(self, manifest: Manifest) -> tuple[int, int]:
        """How many of the group's needed questions are answered, of how many."""
        asked = [field.slug for field in manifest.fields if field.required] or [f.slug for f in manifest.fields]
        if manifest.settles:
            shown = questions_asked(manifest, self.answers)
            asked = [slug for slug in asked if slug in shown]
        return sum(1 for slug in asked if slug in self.answers), len(asked)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the caseload, and where the next one begins."""

    rows: list[Row]
    next: str | None


def listing(
    db: Session, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date, *, limit: int = PAGE
) -> Listing:
    """One page, by keyset: the cost does not grow with the page's number."""
    persons = group.manifest.subject == "person"
    lines, due = _lines(persons=persons, by_all=filters.sort == "due")
    query = lines.where(*conditions(db, group, phase_id, filters, today))
    if filters.sort == "name":
        query = query.where(_next_names(db, group, phase_id, filters, today, limit + 1))
    query = _paged(query, filters, group.manifest, due, persons=persons).limit(limit + 1)
    rows = db.execute(query, {"tenant": current().tenant_id}).all()
    found = [
        Row(
            id=r.id, person_id=r.person_id, subject_id=r.subject_institution_id, birth_date=r.birth_date,
            area_code=r.area_code, status=r.status,
            name=shown_name(r.title, r.first_name, r.last_name) if r.person_id else r.institution or "",
            status_on=r.status_on, decision=r.decision, answers=r.answers, worker_id=r.worker_id,
            follow_up_due=r.follow_up_due, stage=stage_of(group.manifest, r.status),
            carried=r.carried_from_id is not None, sort_key=r.sort_key or "",
        )
        for r in rows[:limit]
    ]  # fmt: skip
    return Listing(found, _token(found[-1], filters) if len(rows) > limit else None)


def views(db: Session, group: EnabledGroup, phase_id: UUID, today: date) -> dict[str, int]:
    """How many there are in each standing view, counted in one pass up to ``CAP``."""
    e = _CASE
    shown = (
        select(
            e.decision, e.worker_id, (_late(group.manifest, today + WEEK)).label("due"),
            e.status.in_([stage.slug for stage in group.manifest.stages if stage.kind == "open"]).label("open"),
        )
        .where(e.tenant_id == current().tenant_id, e.group_id == group.id, e.phase_id == phase_id)
        .cte("shown")
        .prefix_with("MATERIALIZED")
    )  # fmt: skip
    c = shown.c
    row = db.execute(
        select(
            func.count(), func.count().filter(c.due), func.count().filter(c.open & c.worker_id.is_(None)),
            func.count().filter(c.decision == "unknown"), func.count().filter(c.decision == "qualifies"),
        )
    ).one()  # fmt: skip
    return dict(zip(("all", "due", "nobody", "unknown", "qualifies"), row, strict=True))


def counted(db: Session, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date) -> int:
    """How many the filters leave, up to ``CAP`` + 1."""
    rows = select(_CASE.id).where(*conditions(db, group, phase_id, filters, today)).limit(CAP + 1)
    return db.scalar(select(func.count()).select_from(rows.subquery())) or 0


_MEMBER, _ACCOUNT = Membership.__table__.c, Account.__table__.c
_CARING = ("field_worker", "district_coordinator", "partner_manager", "agency_officer", "centre_head")
_WORKERS = (
    select(_MEMBER.id, _ACCOUNT.display_name)
    .join_from(Membership.__table__, Account.__table__, _ACCOUNT.id == _MEMBER.account_id)
    .where(_MEMBER.tenant_id == bindparam("tenant"), _MEMBER.disabled_at.is_(None), _MEMBER.role.in_(_CARING))
    .order_by(_ACCOUNT.display_name)
)


def workers(db: Session) -> dict[str, str]:
    """Everyone who may look after a case here, by membership id."""
    rows = db.execute(_WORKERS, {"tenant": current().tenant_id})
    return {str(row.id): row.display_name for row in rows}


def conditions(db: Session, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date) -> list[Any]:
    """The filters over ``enrolments``, with the tenant said literally beside the policy."""
    e = _CASE
    found: list[Any] = [e.tenant_id == current().tenant_id, e.group_id == group.id, e.phase_id == phase_id]
    if filters.status:
        found.append(e.status == filters.status)
    if filters.district:
        found.append(_WITHOUT_DISTRICT if filters.district == NOWHERE else e.area_code.like(f"{filters.district}%"))
    if filters.decision:
        found.append(e.decision.is_(None) if filters.decision == "none" else e.decision == filters.decision)
    if filters.worker:
        found.append(e.worker_id.is_(None) if filters.worker == NOBODY else e.worker_id == UUID(filters.worker))
    if filters.due:
        found.append(_late(group.manifest, today + WEEK if filters.due == "week" else today - timedelta(days=1)))
    if filters.carried:
        found.append(e.carried_from_id.is_not(None))
    if filters.q:
        found.append(_named(db, filters.q))
    return found


def _named(db: Session, typed: str) -> Any:
    text, tenant = clean(typed), current().tenant_id
    if any(sign.isdigit() for sign in text) and (person_id := by_identifier(db, text)):
        return _CASE.person_id == person_id
    like = f"%{escaped(text)}%"
    people = select(_PERSON.id).where(_PERSON.tenant_id == tenant, _PERSON.search_name.ilike(like))
    places = select(_PLACE.id).where(_PLACE.tenant_id == tenant, _PLACE.name.ilike(like))
    return or_(_CASE.person_id.in_(people), _CASE.subject_institution_id.in_(places))


def _late(manifest: Manifest, until: date) -> Any:
    """Whose next step is due by a day."""
    planned = select(_FOLLOW_UP.enrolment_id).where(
        _FOLLOW_UP.tenant_id == current().tenant_id, _FOLLOW_UP.state == "due", _FOLLOW_UP.due_on <= until
    )
    allowed = [
        and_(_CASE.status == stage.slug, _CASE.status_on <= until - timedelta(days=stage.due_after))
        for stage in manifest.stages
        if stage.due_after is not None
    ]
    return or_(_CASE.id.in_(planned), *allowed)


def _next_names(
    db: Session, group: EnabledGroup, phase_id: UUID, filters: Filters, today: date, limit: int
) -> ColumnElement[bool]:
    """The next so many names in dictionary order, found by walking the index of names and asking each for its case.

    Joined and sorted instead, a page would cost as much as the list has rows. The LIMIT keeps the question from being
    turned into a join.
    """
    e = _CASE
    who = _PERSON if group.manifest.subject == "person" else _PLACE
    of = e.person_id if who is _PERSON else e.subject_institution_id
    here = select(e.id).where(of == who.id, *conditions(db, group, phase_id, filters, today)).limit(1).scalar_subquery()
    names = select(who.id).where(who.tenant_id == current().tenant_id, here.is_not(None))
    last_id = ids.read(filters.after.rpartition("~")[2])
    last = select(who.sort_key, who.id).where(who.tenant_id == current().tenant_id, who.id == last_id)
    if last_id and (ended := db.execute(last).one_or_none()):
        names = names.where(tuple_(who.sort_key, who.id) > tuple(ended))
    return of.in_(db.scalars(names.order_by(who.sort_key, who.id).limit(limit)).all())


@cache
def _lines(*, persons: bool, by_all: bool) -> tuple[Any, Any]:
    """The lines of everybody in the tenant that is given as ``tenant``, without filters, and when each is due. Put
    together once: that cost a page more than asking some of its questions."""
    e, p, i = _CASE, _PERSON, _PLACE
    planned, due = _due(by_all=by_all)
    key = p.sort_key if persons else i.sort_key
    query = (
        select(
            e.id, e.person_id, e.subject_institution_id, p.title, p.first_name, p.last_name,
            i.name.label("institution"), p.birth_date, e.area_code, e.status, e.status_on, e.decision, e.answers,
            e.worker_id, due.label("follow_up_due"), e.carried_from_id, key.label("sort_key"),
        )
        .outerjoin_from(Enrolment.__table__, Person.__table__, and_(p.tenant_id == e.tenant_id, p.id == e.person_id))
        .outerjoin(Institution.__table__, and_(i.tenant_id == e.tenant_id, i.id == e.subject_institution_id))
    )  # fmt: skip
    return query if planned is None else query.outerjoin(planned, planned.c.enrolment_id == e.id), due


def _due(*, by_all: bool) -> tuple[Any, Any]:
    """The first follow-up that is due: of each row of a page, or of everybody at once where the order needs it."""
    f = _FOLLOW_UP
    first = select(func.min(f.due_on).label("due")).where(f.tenant_id == bindparam("tenant"), f.state == "due")
    if not by_all:
        return None, first.where(f.enrolment_id == _CASE.id).scalar_subquery()
    planned = first.add_columns(f.enrolment_id).group_by(f.enrolment_id).subquery("planned")
    return planned, planned.c.due


def _paged(query: Any, filters: Filters, manifest: Manifest, due: Any, *, persons: bool) -> Any:
    first, _, last = filters.after.rpartition("~")
    last_id = ids.read(last)
    if filters.sort == "name":
        return query.order_by(*((_PERSON.sort_key, _PERSON.id) if persons else (_PLACE.sort_key, _PLACE.id)))
    if filters.sort == "due":
        when = func.coalesce(func.least(due, _allowed(manifest)), date.max)
        query = query.order_by(when, _CASE.id)
        day = _day(first)
        return query.where(tuple_(when, _CASE.id) > (day, last_id)) if last_id and day else query
    query = query.order_by(_CASE.id)
    return query.where(_CASE.id > last_id) if last_id else query


def _allowed(manifest: Manifest) -> Any:
    times = [
        (_CASE.status == stage.slug, _CASE.status_on + stage.due_after)
        for stage in manifest.stages
        if stage.due_after is not None
    ]
    return case(*times) if times else None


def _token(row: Row, filters: Filters) -> str:
    if filters.sort == "name":
        return f"~{row.person_id or row.subject_id}"
    if filters.sort == "due":
        return f"{(row.due or date.max).isoformat()}~{row.id}"
    return f"~{row.id}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
