"""Reading the audit trail of the current tenant, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Text, cast, func, literal_column, select, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from samoe.admin.trail import words
from samoe.admin.trail.forms import Asked
from samoe.audit.models import AuditEvent
from samoe.identity import Actor, Permission, require
from samoe.identity.roles import role_name
from samoe.kit.clock import BANGKOK
from samoe.tenancy import current

PAGE = 80


@dataclass(frozen=True, slots=True)
class Event:
    """One deed, in words."""

    id: UUID
    at: datetime
    who: str
    role: str
    deed: str
    subject_id: str | None
    reason: str | None
    details: list[tuple[str, str]]
    refused: bool


def events(db: Session, actor: Actor, asked: Asked, after: tuple[datetime, UUID] | None = None) -> list[Event]:
    """One page; one event more than ``PAGE`` tells that there is another."""
    require(actor, Permission.AUDIT_READ)
    e = AuditEvent
    query = select(e).where(e.tenant_id == current().tenant_id)
    if asked.who:
        query = query.where(e.actor_name.icontains(asked.who, autoescape=True))
    for column, wanted in ((e.verb, asked.verb), (e.subject_type, asked.subject), (e.subject_id, asked.subject_id)):
        if wanted:
            query = query.where(column == wanted)
    if asked.since:
        query = query.where(e.recorded_at >= datetime.combine(asked.since, time.min, BANGKOK))
    if asked.until:
        query = query.where(e.recorded_at < datetime.combine(asked.until + timedelta(1), time.min, BANGKOK))
    if after is not None:
        query = query.where(tuple_(e.recorded_at, e.id) < after)
    found = db.scalars(query.order_by(e.recorded_at.desc(), e.id.desc()).limit(PAGE + 1))
    return [_event(row) for row in found]


LISTED = literal_column("(audit_events.detail -> 'persons')", JSONB)
"""Whom a look at a list showed, and whom a list held that was taken out."""
LOOKS = timedelta(days=366)
"""So far back looks at lists are searched for one person. No index helps: under row-level security PostgreSQL uses none
for what an array of JSON holds. A year of a busy province (a million looks) is read in two or three seconds."""


def events_about(db: Session, actor: Actor, ids: Sequence[UUID], *, limit: int = PAGE) -> list[Event]:
    """The latest deeds whose subject is one of these, and lists that showed or took out one of them."""
    require(actor, Permission.AUDIT_READ)
    e = AuditEvent
    about = [str(one) for one in ids]
    listed = (
        e.verb.in_(("listed", "exported"))
        & (e.recorded_at > func.now() - LOOKS)
        & LISTED.has_any(cast(about, ARRAY(Text)))
    )
    query = select(e).where(e.tenant_id == current().tenant_id, e.subject_id.in_(about) | listed)
    return [_event(row) for row in db.scalars(query.order_by(e.recorded_at.desc(), e.id.desc()).limit(limit))]


def _event(row: AuditEvent) -> Event:
    return Event(
        id=row.id, at=row.recorded_at, who=row.actor_name, role=role_name(row.actor_role),
        deed=words.deed(row.verb, row.subject_type), subject_id=row.subject_id, reason=row.reason,
        details=words.details(row.detail), refused=row.verb == "refused" and row.subject_type == "page",
    )  # fmt: skip
