"""The scanned papers of the programme: the agreement signed with the fund, the announcement of a committee."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe import audit
from samoe.files import content_of, keep, papers
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.models import Agreement, Committee
from samoe.settings import Settings
from samoe.tenancy.rows import change
from samoe.web import Context, Download

WANTED = "เลือกไฟล์เอกสาร PDF JPG หรือ PNG"


def put_on_file(
    db: Session, settings: Settings, actor: Actor, row: Agreement | Committee, *, file_name: str, content: bytes
) -> UUID:
    """Keep a scan as the paper of an agreement or a committee. The one before stays in the store and in history."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    subject = "agreement" if isinstance(row, Agreement) else "committee"
    scanned = papers.paper(content, card="none", covers=(), field="document")
    document = keep(
        db, settings, file_name=file_name, content=scanned.content, content_type=scanned.content_type, purpose=subject,
        subject_type=subject, subject_id=row.id,
    )  # fmt: skip
    change(db, type(row), row.id, row.row_version, document_id=document.id)
    audit.record(db, actor, "filed", subject, row.id)
    return document.id


def sent(ctx: Context, row: Agreement | Committee) -> None:
    """Keep the scan that came with a form."""
    scan = ctx.form.file("document")
    if scan is None:
        raise Problem(WANTED, field="document")
    put_on_file(ctx.db, ctx.settings, ctx.actor, row, file_name=scan.name, content=scan.content)


def download(ctx: Context, subject: str, row_id: UUID, document_id: UUID | None) -> Download:
    """The paper itself; ``NotFound`` where there is none, and for a file that is not the paper of this very row: other
    files of the province hold persons."""
    if document_id is None:
        raise NotFound
    kept, content = content_of(ctx.db, ctx.settings, document_id)
    if (kept.subject_type, kept.subject_id) != (subject, row_id):
        raise NotFound
    return Download(content, kept.file_name, kept.content_type)
