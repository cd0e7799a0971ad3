"""Keeping a file that answers a question, and letting go of one that something else took the place of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from samoe import files
from samoe.casework.models import Enrolment
from samoe.files.models import Document
from samoe.kit import ids
from samoe.kit.problem import Problem
from samoe.sdk import Field, Manifest
from samoe.sdk.fields import ATTACHED
from samoe.settings import Settings
from samoe.targetgroups.attached import Attached
from samoe.tenancy import current

PURPOSE = "answer:"
"""What the purpose of such a document begins with; the question's slug follows, for answers have times of their own."""


def keep_attached(db: Session, settings: Settings, enrolment_id: UUID, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the ids of documents in place of files that came along; each is the case's from now on."""
    return {
        slug: str(_kept(db, settings, enrolment_id, slug, value)) if isinstance(value, Attached) else value
        for slug, value in answers.items()
    }


def _kept(db: Session, settings: Settings, enrolment_id: UUID, slug: str, sent: Attached) -> UUID:
    return files.keep(
        db, settings, file_name=sent.file_name, content=sent.paper.content, content_type=sent.paper.content_type,
        purpose=PURPOSE + slug, subject_type="enrolment", subject_id=enrolment_id,
    ).id  # fmt: skip


def attached(manifest: Manifest, answers: Mapping[str, Any], former: Iterable[Field] = ()) -> dict[str, UUID]:
    """The documents that these answers name, by question; ``former`` are questions that are not asked any more."""
    asked = (*former, *manifest.fields)
    named = {field.slug: answers.get(field.slug) for field in asked if field.type in ATTACHED}
    found = {slug: ids.read(str(value)) for slug, value in named.items() if value is not None}
    return {slug: document_id for slug, document_id in found.items() if document_id is not None}


def follow(db: Session, enrolment_id: UUID, before: Mapping[str, UUID], after: Mapping[str, UUID]) -> None:
    """Answers were changed: a new document must be this case's and this question's; one that is not named any more is
    given to nobody from now on, and its bytes go with the next erasing."""
    for slug in after.keys() - {slug for slug, document_id in before.items() if after.get(slug) == document_id}:
        _refuse_others(db, enrolment_id, slug, after[slug])
    _let_go(db, enrolment_id, {*before.values()} - {*after.values()})


def _refuse_others(db: Session, enrolment_id: UUID, slug: str, document_id: UUID) -> None:
    d = Document
    found = db.scalar(
        select(d.id).where(
            d.tenant_id == current().tenant_id, d.id == document_id, d.subject_id == enrolment_id,
            d.purpose == PURPOSE + slug, d.erased_at.is_(None),
        )
    )  # fmt: skip
    if found is None:
        raise Problem("ไฟล์นี้ไม่ใช่ของรายการนี้ แนบไฟล์ใหม่", field=slug)


def _let_go(db: Session, enrolment_id: UUID, document_ids: Iterable[UUID]) -> None:
    """A document that is older than the case came with it from the phase before, which still names it: it stays."""
    d, began = Document, select(Enrolment.recorded_at).where(
        Enrolment.tenant_id == current().tenant_id, Enrolment.id == enrolment_id
    )  # fmt: skip
    db.execute(
        update(d)
        .where(
            d.tenant_id == current().tenant_id, d.id.in_(list(document_ids)), d.subject_id == enrolment_id,
            d.recorded_at >= began.scalar_subquery(), d.erased_at.is_(None),
        )
        .values(erased_at=func.now())
        .execution_options(synchronize_session=False)
    )  # fmt: skip
