"""Reading batches, their rows and the mappings confirmed before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.files.models import Document
from samoe.intake.models import HeaderMapping, ImportBatch, ImportRow
from samoe.kit.problem import NotFound
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current

PAGE = 50
NO_SUCH_BATCH = "ไม่พบการนำเข้านี้"


@dataclass(frozen=True, slots=True)
class RowShown:
    """A staged row as a page shows it."""

    id: UUID
    sheet: str
    row_no: int
    judged_as: str
    reasons: tuple[str, ...]
    typed: Sequence[Any]
    extra: dict[str, Any]
    resolution: str | None
    effect: str | None


def batch(db: Session, batch_id: UUID) -> ImportBatch:
    """One batch, whatever became of its group: for the steps that were ordered. Raises ``NotFound``."""
    found = db.get(ImportBatch, (current().tenant_id, batch_id))
    if found is None:
        raise NotFound(NO_SUCH_BATCH)
    return found


def open_batch(db: Session, batch_id: UUID) -> ImportBatch:
    """One batch, as people ask for it. That of a group that is off is ``NotFound``."""
    found = batch(db, batch_id)
    refuse_off(db, found)
    return found


def refuse_off(db: Session, found: ImportBatch) -> None:
    """Raise ``NotFound`` for a batch of a group that is off."""
    if found.group_id not in {group.id for group in enabled(db)}:
        raise NotFound(NO_SUCH_BATCH)


def recent(db: Session, limit: int = 50) -> Sequence[ImportBatch]:
    """The latest batches, newest first."""
    newest = select(ImportBatch).where(ImportBatch.tenant_id == current().tenant_id)
    return db.scalars(newest.order_by(ImportBatch.recorded_at.desc()).limit(limit)).all()


def rows(
    db: Session, batch_id: UUID, classes: Iterable[str], after: tuple[int, int] = (-1, 0), limit: int = PAGE
) -> list[RowShown]:
    """The rows of some classes but ``ok``, in the order of the file, after a sheet and row."""
    r = ImportRow
    query = (
        select(r.id, r.sheet, r.row_no, r.judged_as, r.reasons, r.typed, r.extra, r.resolution, r.effect)
        .where(r.tenant_id == current().tenant_id, r.batch_id == batch_id, r.judged_as.in_(list(classes)))
        .where(text("class <> 'ok'"))  # said literally, so that the index of what is to be looked at serves
        .where(func.row(r.sheet_no, r.row_no) > func.row(*after))
        .order_by(r.sheet_no, r.row_no)
        .limit(limit)
    )
    return [
        RowShown(i, sheet, number, judged, tuple(reasons), typed, extra or {}, resolution, effect)
        for i, sheet, number, judged, reasons, typed, extra, resolution, effect in db.execute(query)
    ]


def row_at(db: Session, batch_id: UUID, row: tuple[str, int]) -> ImportRow | None:
    """The staged row with this number on this sheet; None where it is no data."""
    r = ImportRow
    query = select(r).where(
        r.tenant_id == current().tenant_id, r.batch_id == batch_id, r.sheet == row[0], r.row_no == row[1]
    )
    return db.scalar(query)


def remembered(db: Session, group_slug: str, fingerprints: Iterable[str]) -> dict[str, str]:
    """The columns that were confirmed for these sets of headers before: header to field."""
    query = select(HeaderMapping.mapping).where(
        HeaderMapping.tenant_id == current().tenant_id,
        HeaderMapping.group_slug == group_slug,
        HeaderMapping.fingerprint.in_(list(fingerprints)),
    )
    known: dict[str, str] = {}
    for mapping in db.scalars(query):
        known.update(mapping)
    return known


def document_name(db: Session, found: ImportBatch) -> str:
    """What the file was called."""
    query = select(Document.file_name).where(
        Document.tenant_id == current().tenant_id, Document.id == found.document_id
    )
    return db.scalar(query) or ""


def sheet_number(db: Session, row_id: UUID) -> int:
    """Which sheet of its file a row is on, from 0."""
    found = db.get(ImportRow, (current().tenant_id, row_id))
    return 0 if found is None else found.sheet_no


def identifiers_elsewhere(db: Session, group_id: UUID) -> dict[str, set[str]]:
    """The identifiers that files of other groups brought in, by the name of the file."""
    b, r, d = ImportBatch, ImportRow, Document
    query = (
        select(d.file_name, r.identifier)
        .join(b, (b.tenant_id == r.tenant_id) & (b.id == r.batch_id))
        .join(d, (d.tenant_id == b.tenant_id) & (d.id == b.document_id))
        .where(
            r.tenant_id == current().tenant_id, b.state == "committed", b.group_id != group_id,
            r.enrolment_id.is_not(None), r.identifier.is_not(None),
        )
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for name, identifier in db.execute(query):
        if identifier is not None:
            found.setdefault(PurePath(name).stem, set()).add(identifier)
    return found
