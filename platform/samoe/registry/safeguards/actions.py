"""Putting a paper on file, and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.files import papers
from samoe.files.documents import keep
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem
from samoe.registry.safeguards.models import KINDS, Safeguard
from samoe.registry.safeguards.queries import one
from samoe.settings import Settings
from samoe.tenancy import current

OF_CONTROLLERS = ("basis_of_province", "basis_of_fund")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it was handed in. ``basis`` is what a controller's paper names as its ground in law."""

    kind: str
    title: str
    basis: str
    signed_on: date
    valid_until: date | None
    file_name: str
    content: bytes


def put_on_file(db: Session, settings: Settings, actor: Actor, paper: Paper, *, today: date) -> UUID:
    """Keep a paper. Raises ``Problem`` for a file that is no scan, dates the wrong way round or in days to come, and a
    controller's paper that names no ground."""
    require(actor, Permission.PRIVACY_MANAGE)
    if paper.kind not in KINDS:
        raise Problem("เลือกชนิดของเอกสาร", field="kind")
    if paper.signed_on > today:
        raise Problem("วันที่ลงนามยังมาไม่ถึง", field="signed_on")
    if paper.valid_until is not None and paper.valid_until < paper.signed_on:
        raise Problem("วันสิ้นสุดอยู่ก่อนวันที่ลงนาม", field="valid_until")
    if paper.kind in OF_CONTROLLERS and not paper.basis:
        raise Problem("ระบุมาตราและฐานทางกฎหมายที่ใช้", field="basis")
    scanned = papers.paper(paper.content, card="none", covers=(), field="document")
    document = keep(
        db, settings, file_name=paper.file_name, content=scanned.content, purpose="safeguard",
        content_type=scanned.content_type,
    )  # fmt: skip
    made = Safeguard(
        kind=paper.kind, title=paper.title, basis=paper.basis if paper.kind in OF_CONTROLLERS else None,
        document_id=document.id, signed_on=paper.signed_on, valid_until=paper.valid_until,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    record(db, actor, "filed", "safeguard", made.id, kind=paper.kind)
    return made.id


def withdraw(db: Session, actor: Actor, safeguard_id: UUID, *, reason: str) -> None:
    """Take a paper out of force. It stays on file, with the reason."""
    require(actor, Permission.PRIVACY_MANAGE)
    if not reason:
        raise Problem("บอกเหตุผลที่ยกเลิกเอกสารนี้", field="reason")
    one(db, safeguard_id)
    done = db.execute(
        update(Safeguard)
        .where(
            Safeguard.tenant_id == current().tenant_id, Safeguard.id == safeguard_id, Safeguard.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=func.now(), withdrawn_by=actor.account_id, withdrawn_reason=reason)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("เอกสารนี้ยกเลิกไปแล้ว")
    record(db, actor, "withdrew", "safeguard", safeguard_id, reason=reason)
