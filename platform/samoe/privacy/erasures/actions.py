"""Preparing an erasure, dropping it, and carrying it out: never by the one who prepared it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.models import Enrolment
from samoe.db.one_row import one_row
from samoe.funding.batches.models import Payment, PaymentBatch
from samoe.funding.batches.seals import seal
from samoe.identity import Actor, Permission, require
from samoe.jobs import Job, enqueue
from samoe.kit.problem import Conflict, Problem
from samoe.privacy.erasures import queries
from samoe.privacy.models import ErasedSeal, Erasure, PrivacyRequest
from samoe.privacy.requests import actions as requests
from samoe.privacy.requests.words import ERASING
from samoe.registry.persons import queries as persons
from samoe.tenancy import current

SAME_PERSON = "คุณเป็นผู้เตรียมการลบนี้ ต้องให้อีกคนหนึ่งตรวจและลบ"
STANDS_AGAINST = "ยังลบไม่ได้ มีเรื่องที่ต้องทำให้จบก่อน ดูรายการในหน้านี้"
PREPARED_ALREADY = "มีการเตรียมลบคนนี้อยู่แล้ว"
_ERASE = text("select erase_person(:asked)").bindparams(bindparam("asked", type_=PG_UUID(as_uuid=True)))


def prepare(db: Session, actor: Actor, request_id: UUID, *, reason: str) -> UUID:
    """Put an erasure before somebody else, who looks again and carries it out."""
    require(actor, Permission.PRIVACY_REQUEST)
    found = db.get(PrivacyRequest, (current().tenant_id, request_id))
    if found is None or found.state != "open" or found.kind not in ERASING:
        raise Problem("คำขอนี้ไม่ใช่คำขอที่จบด้วยการลบ หรือมีผู้ตอบแล้ว")
    person = persons.get(db, found.person_id)
    if queries.against(db, person.id):
        raise Problem(STANDS_AGAINST)
    made = Erasure(
        person_id=person.id, request_id=request_id, origin="request", reason=reason.strip() or None,
        prepared_by=_doer(actor),
    )  # fmt: skip
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        raise Conflict(PREPARED_ALREADY) from None
    audit.record(db, actor, "erasure_prepared", "privacy_request", request_id, erasure=str(made.id))
    return made.id


def drop(db: Session, actor: Actor, erasure_id: UUID) -> None:
    """Not to be erased after all."""
    require(actor, Permission.PRIVACY_REQUEST)
    found = queries.erasure(db, erasure_id)
    done = db.execute(
        update(Erasure)
        .where(Erasure.tenant_id == current().tenant_id, Erasure.id == erasure_id, Erasure.state == "prepared")
        .values(state="dropped")
        .execution_options(synchronize_session=False)
    )
    one_row(done)
    db.expire(found)
    audit.record(db, actor, "erasure_dropped", "privacy_request", found.request_id, erasure=str(erasure_id))


def carry_out(db: Session, actor: Actor, erasure_id: UUID, *, on: date, sweep: Job) -> dict[str, int]:
    """Erase, in this one transaction; the files leave the store right after it, by the job ``sweep``.

    Returns how many rows of which table were erased. The database refuses it from whoever prepared it.
    """
    require(actor, Permission.PRIVACY_MANAGE)
    found = queries.erasure(db, erasure_id)
    if found.state != "prepared" or found.request_id is None:
        raise Conflict("การลบนี้มีผู้ทำแล้ว หรือถูกยกเลิก")
    if found.prepared_by == _doer(actor):
        raise Problem(SAME_PERSON)
    if queries.against(db, found.person_id):
        raise Problem(STANDS_AGAINST)
    requests.close_with_erasing(db, actor, found.request_id, on)
    went = erase(db, found)
    audit.record(db, actor, "erased", "person", found.person_id, erasure=str(erasure_id), rows=sum(went.values()))
    audit.record(db, actor, "erased", "privacy_request", found.request_id, erasure=str(erasure_id))
    enqueue(db, actor, sweep)
    return went


def erase(db: Session, found: Erasure) -> dict[str, int]:
    """Let the database erase, and carry the seals of paid batches over to what they hold then."""
    batches = _sealed_batches(db, found.person_id)
    before = {batch.id: seal(db, batch) for batch in batches}
    for batch in batches:
        if before[batch.id] != _sealed_last(db, batch):
            raise Problem("ชุดจ่ายที่มีคนนี้ไม่ตรงกับค่าผนึก ให้ผู้ตรวจสอบดูก่อน จึงลบได้")
    went: dict[str, int] = db.execute(_ERASE, {"asked": found.id}).scalar_one()
    db.expire_all()
    for batch in batches:
        after = seal(db, batch)
        if after != before[batch.id]:
            db.add(ErasedSeal(erasure_id=found.id, batch_id=batch.id, was=before[batch.id], became=after))
    db.flush()
    return went


def _sealed_last(db: Session, batch: PaymentBatch) -> str | None:
    """What the batch was sealed as, or came to with the latest erasure in it."""
    s = ErasedSeal
    latest = select(s.became).where(s.tenant_id == current().tenant_id, s.batch_id == batch.id)
    return db.scalar(latest.order_by(s.recorded_at.desc(), s.id.desc()).limit(1)) or batch.content_hash


def _sealed_batches(db: Session, person_id: UUID) -> list[PaymentBatch]:
    b, p, e = PaymentBatch, Payment, Enrolment
    who: list[Any] = list(db.scalar(text("select records_of(:person)"), {"person": person_id}) or [])
    paid = (
        select(p.batch_id)
        .join(e, (e.tenant_id == p.tenant_id) & (e.id == p.enrolment_id))
        .where(p.tenant_id == current().tenant_id, e.person_id.in_(who))
    )
    return list(
        db.scalars(
            select(b).where(b.tenant_id == current().tenant_id, b.id.in_(paid), b.content_hash.is_not(None))
        )
    )  # fmt: skip


def _doer(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Problem("การลบต้องทำโดยบุคคล เข้าสู่ระบบด้วยบัญชีของตนเองแล้วทำอีกครั้ง")
    return actor.account_id
