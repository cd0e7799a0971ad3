"""The requests of the province: how many days each still has, and what was done on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent
from samoe.kit.problem import NotFound
from samoe.privacy.models import PrivacyRequest
from samoe.registry.models import Person
from samoe.registry.persons.queries import shown_name
from samoe.tenancy import current

SOON = 7
"""So many days before the last one a request asks for attention."""
PAGE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with whom it is about. ``left`` counts the days to the last one; below zero it is overdue."""

    request: PrivacyRequest
    name: str
    erased: bool
    left: int

    @property
    def open(self) -> bool:
        return self.request.state == "open"

    @property
    def overdue(self) -> bool:
        return self.open and self.left < 0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done on a request."""

    at: datetime
    who: str
    verb: str
    reason: str | None


def asked(db: Session, request_id: UUID, today: date) -> Asked:
    """One request. Raises ``NotFound``."""
    found = _of(db, today, PrivacyRequest.id == request_id)
    if not found:
        raise NotFound
    return found[0]


def waiting(db: Session, today: date) -> list[Asked]:
    """Those that are not answered, the most pressing first."""
    return _of(db, today, PrivacyRequest.state == "open")


def answered(db: Session, today: date) -> list[Asked]:
    """The latest that were answered."""
    q = PrivacyRequest
    return _of(db, today, q.state != "open", order=(q.closed_on.desc(), q.id.desc()))


def of_person(db: Session, person_ids: list[UUID], today: date) -> list[Asked]:
    """The requests about one person, under whichever record."""
    return _of(db, today, PrivacyRequest.person_id.in_(person_ids))


def steps(db: Session, request_id: UUID) -> list[Step]:
    """What was done, in order, out of the audit trail."""
    e = AuditEvent
    rows = db.execute(
        select(e.recorded_at, e.actor_name, e.verb, e.reason)
        .where(
            e.tenant_id == current().tenant_id, e.subject_type == "privacy_request", e.subject_id == str(request_id),
        )
        .order_by(e.recorded_at, e.id)
    )  # fmt: skip
    return [Step(*row) for row in rows]


def _of(db: Session, today: date, *which: ColumnElement[bool], order: tuple[Any, ...] = ()) -> list[Asked]:
    """The most pressing first, unless another order is said."""
    q, p = PrivacyRequest, Person
    rows = db.execute(
        select(q, p.title, p.first_name, p.last_name, p.erased_at)
        .join(p, and_(p.tenant_id == q.tenant_id, p.id == q.person_id))
        .where(q.tenant_id == current().tenant_id, *which)
        .order_by(*(order or (q.due_on, q.id)))
        .limit(PAGE)
    )
    return [
        Asked(row[0], shown_name(row[1], row[2], row[3]), row[4] is not None, (row[0].due_on - today).days)
        for row in rows
    ]
