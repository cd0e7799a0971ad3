"""Registering a request of a data subject and answering it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.privacy.models import DAYS, PrivacyRequest
from samoe.privacy.requests.forms import Asking
from samoe.privacy.requests.words import GROUNDS
from samoe.registry.persons import queries as persons
from samoe.tenancy import current

ANSWERED = "คำขอนี้มีผู้ตอบแล้ว เปิดหน้านี้ใหม่เพื่อดูคำตอบ"
SHORTEST = 10


def register(db: Session, actor: Actor, person_id: UUID, asking: Asking) -> UUID:
    """Write a request down. From the day it came the law gives thirty days."""
    require(actor, Permission.PRIVACY_REQUEST)
    person = persons.living(db, person_id)
    made = PrivacyRequest(
        kind=asking.kind, person_id=person.id, asked_by=asking.asked_by, asker=asking.asker,
        relation=asking.relation, proof=asking.proof, channel=asking.channel, received_on=asking.received_on,
        due_on=asking.received_on + timedelta(DAYS), wanted=asking.wanted, registered_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    audit.record(db, actor, "registered", "privacy_request", made.id, kind=asking.kind)
    return made.id


def answer(db: Session, actor: Actor, request_id: UUID, *, outcome: str, on: date) -> None:
    """What was asked is done; ``outcome`` says what was, and how the asker was told."""
    require(actor, Permission.PRIVACY_REQUEST)
    _said(outcome, "outcome", "บอกว่าทำอะไรไปแล้ว และแจ้งผู้ขออย่างไร อย่างน้อย 10 ตัวอักษร")
    _close(db, actor, request_id, "done", on, outcome=outcome.strip())
    audit.record(db, actor, "answered", "privacy_request", request_id)


def refuse(db: Session, actor: Actor, request_id: UUID, *, ground: str, outcome: str, on: date) -> None:
    """Refuse it on a ground of the law, with the reason in words. Noted in the record of processing."""
    require(actor, Permission.PRIVACY_MANAGE)
    found = _get(db, request_id)
    if ground not in GROUNDS[found.kind]:
        raise Problem("เลือกเหตุตามกฎหมายที่ปฏิเสธได้", field="ground")
    _said(outcome, "outcome", "บอกเหตุผลที่ปฏิเสธเป็นถ้อยคำ อย่างน้อย 10 ตัวอักษร")
    _close(db, actor, request_id, "refused", on, outcome=outcome.strip(), ground=ground)
    audit.record(db, actor, "denied", "privacy_request", request_id, ground=ground)


def take_back(db: Session, actor: Actor, request_id: UUID, *, outcome: str, on: date) -> None:
    """The asker does not want it any more."""
    require(actor, Permission.PRIVACY_REQUEST)
    _said(outcome, "outcome", "บอกว่าผู้ขอถอนคำขอเมื่อใดและอย่างไร อย่างน้อย 10 ตัวอักษร")
    _close(db, actor, request_id, "taken_back", on, outcome=outcome.strip())
    audit.record(db, actor, "taken_back", "privacy_request", request_id)


def close_with_erasing(db: Session, actor: Actor, request_id: UUID, on: date) -> None:
    """Close the request that an erasure answers, in the erasure's own transaction."""
    _close(db, actor, request_id, "done", on)
    audit.record(db, actor, "answered", "privacy_request", request_id)


def _get(db: Session, request_id: UUID) -> PrivacyRequest:
    found = db.get(PrivacyRequest, (current().tenant_id, request_id))
    if found is None:
        raise NotFound
    return found


def _close(db: Session, actor: Actor, request_id: UUID, state: str, on: date, **values: str) -> None:
    found = _get(db, request_id)
    done = db.execute(
        update(PrivacyRequest)
        .where(
            PrivacyRequest.tenant_id == current().tenant_id, PrivacyRequest.id == request_id,
            PrivacyRequest.state == "open",
        )
        .values(
            state=state, closed_on=max(on, found.received_on), closed_by=actor.membership_id,
            row_version=PrivacyRequest.row_version + 1, **values,
        )
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    one_row(done, ANSWERED)
    db.expire(found)


def _said(text: str, field: str, message: str) -> None:
    if len(text.strip()) < SHORTEST:
        raise Problem(message, field=field)
