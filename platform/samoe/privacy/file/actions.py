"""Making the file of a person for a request of access: marked for whom, and noted in the trail."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.privacy.file.collecting import Everything, everything
from samoe.privacy.file.packing import pack
from samoe.privacy.models import PrivacyRequest
from samoe.settings import Settings
from samoe.tenancy import current
from samoe.web.marking import mark_of


def read(db: Session, actor: Actor, request_id: UUID) -> tuple[Everything, str]:
    """All that is kept of whom the request is about, to be read and printed, and the mark that it bears."""
    found = _for(db, actor, request_id)
    audit.record(db, actor, "printed", "privacy_request", request_id)
    audit.record(db, actor, "exported", "person", found.person_id, request=str(request_id))
    return everything(db, found.person_id), mark_of(actor, "asked")


def download(db: Session, actor: Actor, settings: Settings, request_id: UUID) -> bytes:
    """The same as a zip, with the documents."""
    found = _for(db, actor, request_id)
    audit.record(db, actor, "exported", "privacy_request", request_id)
    audit.record(db, actor, "exported", "person", found.person_id, request=str(request_id))
    return pack(db, settings, everything(db, found.person_id), mark_of(actor, "asked"))


def _for(db: Session, actor: Actor, request_id: UUID) -> PrivacyRequest:
    for permission in (Permission.EXPORT_PERSONS, Permission.PRIVACY_REQUEST, Permission.SENSITIVE_READ):
        require(actor, permission)
    found = db.get(PrivacyRequest, (current().tenant_id, request_id))
    if found is None:
        raise NotFound
    if found.state != "open" or found.kind != "access":
        raise Problem("สำเนาข้อมูลทำได้เมื่อมีคำขอเข้าถึงที่ยังไม่ได้ตอบ")
    return found
