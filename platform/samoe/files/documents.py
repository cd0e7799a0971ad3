"""Keeping a file and giving it back. The row is the permission: who cannot read the row cannot read the bytes."""

from __future__ import annotations

import hashlib
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.files.models import Document
from samoe.files.store import store_of
from samoe.kit.file_names import shown
from samoe.kit.problem import NotFound
from samoe.settings import Settings
from samoe.tenancy import current
from samoe.tenancy.models import Tenant


def keep(
    db: Session,
    settings: Settings,
    *,
    file_name: str,
    content: bytes,
    content_type: str,
    purpose: str,
    subject_type: str | None = None,
    subject_id: UUID | None = None,
) -> Document:
    """Store the bytes under ``t/<tenant>/<id>`` and add the row. The object is written first: if the transaction
    fails afterwards an object without a row is left, which harms nobody; a row without an object would."""
    scope = current()
    tenant = db.scalar(select(Tenant.public_id).where(Tenant.id == scope.tenant_id))
    made = new_id()
    key = f"{folder(tenant)}{made}"
    store_of(settings).put(key, content, content_type)
    document = Document(
        id=made, store_key=key, file_name=shown(file_name), content_type=content_type[:100], size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), purpose=purpose, subject_type=subject_type,
        subject_id=subject_id, uploaded_by=scope.actor_id,
    )  # fmt: skip
    db.add(document)
    db.flush()
    return document


def folder(tenant: object) -> str:
    """Where everything of a tenant is kept, by its public id; also what a failed transaction has left there."""
    return f"t/{tenant}/"


def content_of(db: Session, settings: Settings, document_id: UUID) -> tuple[Document, bytes]:
    """The row and the bytes. Raises ``NotFound`` for a file of another tenant as for one that never was, and for one
    that was erased."""
    document = db.get(Document, (current().tenant_id, document_id))
    if document is None:
        raise NotFound
    if document.erased_at is not None:
        raise NotFound("ไฟล์นี้ถูกลบแล้ว ตามคำขอลบข้อมูลหรือเมื่อครบกำหนดเก็บ")
    return document, store_of(settings).get(document.store_key)
