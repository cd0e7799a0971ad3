"""Opening a record, closing it again, and the province's verdict."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity import Actor, Permission, require
from samoe.kit import ids, national_id
from samoe.kit.problem import Conflict, Problem
from samoe.registry.emergencies.models import LEAST_REASON, EmergencyOpening
from samoe.registry.emergencies.queries import one
from samoe.tenancy import current

_OPEN = text("select answer, opening from open_emergency(cast(:province as smallint), :person, :identifier, :why)")
_CLOSE = text("select close_emergency(:opening)")
ANSWER_MESSAGES = {
    "not_found": "ไม่พบรายการนี้ในจังหวัดที่เลือก ตรวจเลขกับผู้ที่แจ้งเรื่อง การค้นครั้งนี้บันทึกไว้แล้ว",
    "no_safeguards": "จังหวัดนี้ยังไม่มีเอกสารคุ้มครองข้อมูลครบ จึงเปิดข้อมูลรายคนให้ กสศ. ไม่ได้ ติดต่อจังหวัดโดยตรง",
    "another_open": "คุณเปิดดูอีกรายการหนึ่งอยู่ ปิดรายการนั้นก่อน เปิดได้ครั้งละหนึ่งรายการ",
    "too_many": "ค้นไม่พบเกิน 5 ครั้งในหนึ่งชั่วโมง รอหนึ่งชั่วโมงแล้วลองใหม่ หรือติดต่อจังหวัดโดยตรง",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The opening, or why there is none. That somebody tried is noted: the transaction must be committed."""

    opening_id: UUID | None
    refusal: Problem | None


def open_one(db: Session, actor: Actor, *, province: int, reference: str, reason: str) -> Answer:
    """Open the record with this id or identity number for an hour. The province is told, and both trails note it.

    Raises ``Problem`` where the form lacks something; nothing is noted then.
    """
    require(actor, Permission.EMERGENCY_OPEN)
    if len(reason) < LEAST_REASON:
        raise Problem("บอกเหตุผลให้ชัดอย่างน้อย %(n)s ตัวอักษร จังหวัดจะอ่านเหตุผลนี้", field="reason", n=LEAST_REASON)
    person = ids.read(reference.rstrip("/").rpartition("/")[2])
    identifier = None if person else national_id.read(reference).value
    if person is None and identifier is None:
        raise Problem("ใส่เลขประจำตัวประชาชน เลข G หรือรหัสรายการที่จังหวัดแจ้ง", field="reference")
    bound = {"province": province, "person": person, "identifier": identifier, "why": reason}
    found = db.execute(_OPEN, bound).one()
    if found.opening is not None:
        return Answer(found.opening, None)
    return Answer(None, Problem(ANSWER_MESSAGES[found.answer], field="reference"))


def close(db: Session, actor: Actor, opening_id: UUID) -> None:
    """Close it before the hour is over. Nothing happens where it is closed already."""
    require(actor, Permission.EMERGENCY_OPEN)
    db.execute(_CLOSE, {"opening": opening_id})


def review(db: Session, actor: Actor, opening_id: UUID, *, verdict: str, note: str) -> None:
    """Say for the province whether it was proper to open this record. Said once; "improper" needs its reason."""
    require(actor, Permission.EMERGENCY_REVIEW)
    if verdict not in {"proper", "improper"}:
        raise Problem("เลือกผลการทบทวน", field="verdict")
    if verdict == "improper" and not note:
        raise Problem("บอกว่าไม่เหมาะสมอย่างไร กสศ. จะเห็นข้อความนี้", field="note")
    opening = one(db, opening_id)
    if opening.opened_by == actor.account_id:
        raise Problem("ผู้เปิดดูทบทวนรายการของตนเองไม่ได้ ให้ผู้อื่นในจังหวัดทบทวน")
    o = EmergencyOpening
    done = db.execute(
        update(o)
        .where(o.tenant_id == current().tenant_id, o.id == opening_id, o.verdict.is_(None))
        .values(verdict=verdict, review_note=note or None, reviewed_by=actor.account_id, reviewed_at=func.now())
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("มีคนทบทวนรายการนี้ไปแล้ว")
    record(db, actor, "emergency_reviewed", "person", opening.person_id, reason=note or None, verdict=verdict)
