"""Whose data an account reached in a span of time: the list that is needed within hours of a breach.

From the trail (read, listed, revealed, exported) and from what rows were before a change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from samoe.admin.trail.queries import LISTED
from samoe.audit.models import AuditEvent, RowHistory
from samoe.db.models import references_to
from samoe.identity import Actor, Permission, require
from samoe.identity.models import Account, Membership
from samoe.kit import ids
from samoe.kit.problem import NotFound
from samoe.registry.models import Person
from samoe.tenancy import current

CHANGED = "changed"


@dataclass(slots=True)
class Touched:
    """One person whose data were reached: how, between when and when, and the columns of rows that were changed."""

    person_id: UUID
    first: datetime
    last: datetime
    verbs: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)


def touched(db: Session, actor: Actor, username: str, since: datetime, until: datetime) -> list[Touched]:
    """Everybody whose data this account's memberships here reached, by person id.

    Raises ``NotFound`` for an account that never was a member of the current tenant.
    """
    require(actor, Permission.PRIVACY_MANAGE)
    members = _memberships(db, username)
    tenant = current().tenant_id
    e, h = AuditEvent, RowHistory
    seen: list[tuple[UUID, datetime, str, frozenset[str]]] = [
        (subject, row.recorded_at, row.verb, frozenset())
        for row in db.execute(
            select(e.subject_id, e.verb, e.recorded_at, LISTED.label("listed")).where(
                e.tenant_id == tenant, e.actor_id.in_(members), e.recorded_at.between(since, until)
            )
        )
        for one in (row.subject_id, *(row.listed if isinstance(row.listed, list) else ()))
        if (subject := ids.read(one or ""))
    ]
    seen += [
        (subject, row.recorded_at, CHANGED, frozenset(row.before) - {"tenant_id", "id"})
        for row in db.execute(
            select(h.row_id, h.before, h.recorded_at).where(
                h.tenant_id == tenant, h.actor_id.in_(members), h.recorded_at.between(since, until)
            )
        )
        if (subject := ids.read(row.row_id or ""))
    ]
    return _by_person(_persons_of(db, {subject for subject, *_ in seen}), seen)


def _by_person(
    persons: Mapping[UUID, set[UUID]], seen: list[tuple[UUID, datetime, str, frozenset[str]]]
) -> list[Touched]:
    found: dict[UUID, Touched] = {}
    for subject, at, verb, columns in seen:
        for person in persons.get(subject, ()):
            one = found.setdefault(person, Touched(person, at, at))
            one.first, one.last = min(one.first, at), max(one.last, at)
            one.verbs.add(verb)
            one.columns |= columns
    return [found[person] for person in sorted(found)]


def _memberships(db: Session, username: str) -> list[UUID]:
    m = Membership
    found = db.scalars(
        select(m.id)
        .join(Account, Account.id == m.account_id)
        .where(m.tenant_id == current().tenant_id, Account.username == username.strip().lower())
    ).all()
    if not found:
        raise NotFound("ไม่มีสมาชิกที่ใช้ชื่อบัญชีนี้ในจังหวัดนี้")
    return list(found)


def _persons_of(db: Session, subjects: set[UUID]) -> Mapping[UUID, set[UUID]]:
    """Which person each of these ids belongs to: a person's own, or a row that points at one or at an enrolment."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    if not subjects:
        return found
    p, tenant = Person, current().tenant_id
    for person in db.scalars(select(p.id).where(p.tenant_id == tenant, p.id.in_(subjects))):
        found[person].add(person)
    enrolments = next(table for table, _ in references_to("persons") if table.name == "enrolments")
    for table, column in references_to("persons"):
        if "id" in table.c:
            query = select(table.c.id, table.c[column]).where(table.c.tenant_id == tenant, table.c.id.in_(subjects))
            _add(found, db, query)
    for table, column in references_to("enrolments"):
        if "id" in table.c and table is not enrolments:
            _add(found, db, _through(table, column, enrolments).where(table.c.id.in_(subjects)))
    return found


def _through(table: Table, column: str, enrolments: Table) -> Select[UUID, UUID | None]:
    to = (enrolments.c.tenant_id == table.c.tenant_id) & (enrolments.c.id == table.c[column])
    here = table.c.tenant_id == current().tenant_id
    return select(table.c.id, enrolments.c.person_id).join(enrolments, to).where(here)


def _add(found: dict[UUID, set[UUID]], db: Session, query: Select[UUID, UUID | None]) -> None:
    for row_id, person in db.execute(query):
        if person is not None:
            found[row_id].add(person)
