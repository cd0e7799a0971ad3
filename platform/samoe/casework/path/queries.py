"""Referrals that wait for an answer, and visits that fall due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import Case
from samoe.casework.models import Enrolment, FollowUp, Referral
from samoe.casework.path.questions import Open, answered_at, is_question, open_of, words
from samoe.i18n import pick
from samoe.kit.problem import NotFound
from samoe.registry.models import Institution, Person
from samoe.registry.persons.queries import shown_name
from samoe.sdk import Manifest
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current

STATES: Mapping[str, str] = {
    "sent": "รอตอบรับ", "accepted": "ตอบรับแล้ว", "rejected": "ไม่รับ", "done": "จบแล้ว", "revoked": "ยกเลิก",
    "carried": "ยกไประยะถัดไป",
}  # fmt: skip
PAGE = 100


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral in the inbox."""

    id: UUID
    enrolment_id: UUID
    person_id: UUID | None
    name: str
    area_code: str | None
    place: str
    state: str
    sent_on: date
    reason: str | None

    def days(self, today: date) -> int:
        """How long it has been waiting."""
        return (today - self.sent_on).days


@dataclass(frozen=True, slots=True)
class DueRow:
    """A follow-up that is due; ``href`` is where it is done."""

    id: UUID
    enrolment_id: UUID
    person_id: UUID | None
    name: str
    area_code: str | None
    kind: str
    href: str
    month: int | None
    due_on: date


def referral(db: Session, referral_id: UUID) -> Referral:
    """One referral, or ``NotFound``."""
    found = db.get(Referral, (current().tenant_id, referral_id))
    if found is None:
        raise NotFound
    return found


def follow_up(db: Session, follow_up_id: UUID) -> FollowUp:
    """One follow-up, or ``NotFound``."""
    found = db.get(FollowUp, (current().tenant_id, follow_up_id))
    if found is None:
        raise NotFound
    return found


def questions(db: Session, found: Case) -> list[Open]:
    """The questions that somebody is to be asked, the soonest first."""
    f, e = FollowUp, found.enrolment
    due = select(f).where(f.tenant_id == current().tenant_id, f.enrolment_id == e.id, f.state == "due")
    return open_of(found.manifest, e, list(db.scalars(due.order_by(f.due_on, f.id))))


def of_groups_on(db: Session, hanging: type[Referral | FollowUp]) -> ColumnElement[bool]:
    """The condition "belongs to a case of a group that is on", for what hangs on cases."""
    e, on = Enrolment, [group.id for group in enabled(db)]
    mine = (e.tenant_id == hanging.tenant_id, e.id == hanging.enrolment_id, e.group_id.in_(on))
    return exists().where(*mine)


def inbox(db: Session, state: str, *, limit: int = PAGE) -> list[ReferralRow]:
    """Referrals in a state, the longest waiting first; of groups that are on."""
    groups = {group.id: group.manifest for group in enabled(db)}
    r, e, p, i = Referral, Enrolment, Person, Institution
    rows = db.execute(
        select(
            r.id, r.enrolment_id, e.person_id, p.title, p.first_name, p.last_name, i.name, e.area_code, r.to_name,
            r.kind, e.group_id, r.state, r.sent_on, r.reason,
        )
        .join(e, and_(e.tenant_id == r.tenant_id, e.id == r.enrolment_id))
        .outerjoin(p, and_(p.tenant_id == e.tenant_id, p.id == e.person_id))
        .outerjoin(i, and_(i.tenant_id == e.tenant_id, i.id == e.subject_institution_id))
        .where(r.tenant_id == current().tenant_id, r.state == state, e.group_id.in_(list(groups)))
        .order_by(r.sent_on, r.id)
        .limit(limit)
    )  # fmt: skip
    found = []
    for row in rows:
        kind = next((one for one in groups[row.group_id].referrals if one.slug == row.kind), None)
        place = pick(kind.label.th, kind.label.en) if kind else row.kind
        found.append(
            ReferralRow(
                row.id,
                row.enrolment_id,
                row.person_id,
                _name(row),
                row.area_code,
                f"{place} · {row.to_name}" if row.to_name else place,
                row.state,
                row.sent_on,
                row.reason,
            )
        )
    return found


def states(db: Session) -> dict[str, int]:
    """How many referrals of groups that are on stand in each state."""
    r = Referral
    mine = (r.tenant_id == current().tenant_id, of_groups_on(db, r))
    rows = db.execute(select(r.state, func.count()).where(*mine).group_by(r.state))
    found = {state: number for state, number in rows}  # noqa: C416
    return {state: found.get(state, 0) for state in STATES}


def due(db: Session, until: date, *, worker_id: UUID | None = None, limit: int = PAGE) -> list[DueRow]:
    """Follow-ups due by a day, the most overdue first; of groups that are on."""
    f, e, p, i = FollowUp, Enrolment, Person, Institution
    on = {group.id: group.manifest for group in enabled(db)}
    query = (
        select(
            f.id, f.enrolment_id, e.person_id, p.title, p.first_name, p.last_name, i.name, e.area_code, f.kind,
            f.month, f.due_on, e.group_id,
        )
        .join(e, and_(e.tenant_id == f.tenant_id, e.id == f.enrolment_id))
        .outerjoin(p, and_(p.tenant_id == e.tenant_id, p.id == e.person_id))
        .outerjoin(i, and_(i.tenant_id == e.tenant_id, i.id == e.subject_institution_id))
        .where(
            f.tenant_id == current().tenant_id, f.state == "due", f.due_on <= until,
            e.group_id.in_(list(on)),
        )
        .order_by(f.due_on, f.id)
        .limit(limit)
    )  # fmt: skip
    if worker_id is not None:
        query = query.where(f.worker_id == worker_id)
    return [
        DueRow(
            row.id, row.enrolment_id, row.person_id, _name(row), row.area_code,
            words(on[row.group_id], row.kind), _done_at(on[row.group_id], row), row.month, row.due_on,
        )
        for row in db.execute(query)
    ]  # fmt: skip


def _done_at(manifest: Manifest, row: Any) -> str:
    if is_question(row.kind):
        return answered_at(manifest, row.kind, row.enrolment_id, row.person_id)
    return f"/enrolments/{row.enrolment_id}/encounter?follow_up={row.id}&kind={row.kind}"


def _name(row: Any) -> str:
    return shown_name(row.title, row.first_name, row.last_name) if row.person_id else row.name or ""
