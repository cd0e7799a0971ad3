"""Who sees a person, by the database's own answer and in words; and what was done with what is kept about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.admin.access.explaining import Place, Verdict, by_membership, by_reach
from samoe.admin.trail.about import ids_about
from samoe.admin.trail.queries import Event, events_about
from samoe.admin.trail.words import group_name
from samoe.casework.models import Enrolment
from samoe.identity import Actor, Permission, require
from samoe.identity.member_list import PAGE, Member, members
from samoe.identity.sessions import request_session
from samoe.kit.problem import NotFound
from samoe.registry.models import Institution, Person
from samoe.settings import Settings
from samoe.targetgroups.enabling import on_by_tenant
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import areas, current

_OPEN = text("select * from open_membership(cast(:tenant as smallint), :member)")
_SEES = text("select exists (select 1 from persons where tenant_id = :tenant and id = :person)")


@dataclass(frozen=True, slots=True)
class Seen:
    """One member before one person. ``agrees`` is False where the database's answer is not the one explained."""

    member: Member
    verdict: Verdict
    agrees: bool


def may_ask(actor: Actor) -> bool:
    """Whether somebody may be told who sees whom: the answer tells where a person is, so nobody who is narrowed."""
    return actor.scope.whole and not actor.national


def person_known(db: Session, actor: Actor, person_id: UUID) -> Person:
    """The person, for somebody who reads the trail and ``may_ask``. Raises ``NotFound`` for anybody else."""
    require(actor, Permission.AUDIT_READ)
    found = db.get(Person, (current().tenant_id, person_id)) if may_ask(actor) else None
    if found is None:
        raise NotFound
    return found


def who_sees(db: Session, settings: Settings, person: Person, today: date, locale: str) -> list[Seen]:
    """Every member of the tenant, those who see the person first."""
    places, everyone = _places(db, person.id, locale), list(_everyone(db))
    found = []
    with request_session(settings) as asking:
        for member in everyone:
            verdict = by_membership(member, today)
            if verdict is not None:
                found.append(Seen(member, verdict, agrees=True))
                continue
            bound = {"tenant": person.tenant_id, "member": member.id, "person": person.id}
            row = asking.execute(_OPEN, bound).mappings().one()
            actor, sees = Actor.of_row(row), bool(asking.execute(_SEES, bound).scalar_one())
            verdict = by_reach(actor, places)
            found.append(Seen(member, Verdict(sees, verdict.because), agrees=verdict.sees == sees))
    return sorted(found, key=lambda one: not one.verdict.sees)


def _everyone(db: Session) -> Iterator[Member]:
    after = None
    while page := members(db, after=after):
        yield from page[:PAGE]
        if len(page) <= PAGE:
            return
        after = page[PAGE - 1].id


def _places(db: Session, person_id: UUID, locale: str) -> list[Place]:
    e, i, g = Enrolment, Institution, TenantGroup
    on = on_by_tenant(db).get(current().tenant_id, frozenset())
    rows = db.execute(
        select(e.area_bit, e.group_bit, e.institution_id, e.worker_id, e.area_code, g.slug, i.name)
        .join(g, (g.tenant_id == e.tenant_id) & (g.id == e.group_id))
        .outerjoin(i, (i.tenant_id == e.tenant_id) & (i.id == e.institution_id))
        .where(e.tenant_id == current().tenant_id, e.person_id == person_id)
        .order_by(e.id)
    )
    return [
        Place(
            area_bit=row.area_bit, group_bit=row.group_bit, institution_id=row.institution_id,
            worker_id=row.worker_id, district=areas.name_of(row.area_code[:4], locale) if row.area_code else "",
            group=group_name(row.slug) if row.slug in on else "", institution=row.name,
        )
        for row in rows
    ]  # fmt: skip


def deeds(db: Session, actor: Actor, person_id: UUID) -> list[Event]:
    """The latest of what was done with a person, or with anything that hangs on them."""
    return events_about(db, actor, ids_about(db, [person_id]))
