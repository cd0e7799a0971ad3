"""The wordings that a province asks for consent in, by purpose and version. A published one stands as it is."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.registry.consents.queries import PURPOSES
from samoe.registry.models import ConsentText
from samoe.tenancy import current

SHORTEST = 40


def published(db: Session, purpose: str) -> ConsentText | None:
    """The wording that people agree to now; the latest published version."""
    t = ConsentText
    return db.scalars(
        select(t)
        .where(t.tenant_id == current().tenant_id, t.purpose == purpose, t.published_at.is_not(None))
        .order_by(t.version.desc())
        .limit(1)
    ).first()


def all_published(db: Session) -> dict[str, ConsentText]:
    """The wording in force for each purpose that has one."""
    return {purpose: found for purpose in PURPOSES if (found := published(db, purpose))}


def all_of(db: Session) -> list[ConsentText]:
    """Every wording, by purpose, the newest first."""
    t = ConsentText
    return list(
        db.scalars(select(t).where(t.tenant_id == current().tenant_id).order_by(t.purpose, t.version.desc()))
    )  # fmt: skip


def draft(db: Session, actor: Actor, *, purpose: str, body_th: str, body_en: str) -> UUID:
    """Write the next version of a purpose's wording, or write the draft anew."""
    require(actor, Permission.PRIVACY_MANAGE)
    if purpose not in PURPOSES:
        raise Problem("เลือกเรื่องที่ยินยอม", field="purpose")
    if len(body_th.strip()) < SHORTEST:
        raise Problem("ถ้อยคำสั้นเกินไป บอกว่าเก็บอะไร ใช้ทำอะไร ส่งให้ใคร เก็บนานเท่าใด และถอนได้อย่างไร", field="body_th")
    t = ConsentText
    found = db.scalars(
        select(t).where(t.tenant_id == current().tenant_id, t.purpose == purpose, t.published_at.is_(None))
    ).first()
    if found is None:
        last = db.scalar(
            select(func.coalesce(func.max(t.version), 0)).where(
                t.tenant_id == current().tenant_id, t.purpose == purpose
            )
        )
        found = ConsentText(purpose=purpose, version=(last or 0) + 1, body_th="")
        db.add(found)
    found.body_th, found.body_en = body_th.strip(), body_en.strip()
    db.flush()
    audit.record(db, actor, "drafted", "consent_text", found.id, purpose=purpose, version=found.version)
    return found.id


def publish(db: Session, actor: Actor, text_id: UUID) -> None:
    """From now on people agree to this version. It never changes again."""
    require(actor, Permission.PRIVACY_MANAGE)
    t = ConsentText
    done = db.execute(
        update(t)
        .where(t.tenant_id == current().tenant_id, t.id == text_id, t.published_at.is_(None))
        .values(published_at=func.now(), published_by=actor.membership_id, row_version=t.row_version + 1)
        .execution_options(synchronize_session=False)
    )
    one_row(done)
    db.expire_all()
    audit.record(db, actor, "published", "consent_text", text_id)
