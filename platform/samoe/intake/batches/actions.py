"""What people do with a file: send it, say how it is read, commit it, undo it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe import files
from samoe.audit import record
from samoe.identity import Actor, Permission, require
from samoe.intake.batches import queries, undo
from samoe.intake.batches.reading import destination, fail, group_of, move
from samoe.intake.batches.setting import setting_of
from samoe.intake.batches.steps import freshen, write
from samoe.intake.batches.telling_sender import tell_sender
from samoe.intake.models import HeaderMapping, ImportBatch, ImportRow
from samoe.jobs import Job, Work, enqueue
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.phases.queries import hold_open
from samoe.settings import Settings
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current

RESOLUTIONS = ("new", "same", "skip")
UNDO_DAYS = 30


@dataclass(frozen=True, slots=True)
class SentTable:
    """A file as it came."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


def upload(
    db: Session, actor: Actor, settings: Settings, *, group_slug: str, table: SentTable, options: dict[str, Any]
) -> ImportBatch:
    """Keep the file and open a batch for it. Reading it is the next step."""
    require(actor, Permission.IMPORT_RUN)
    if not table.content:
        raise Problem("ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลให้นำเข้า", field="file")
    group = group_or_404(db, group_slug)
    found = setting_of(db, actor, group)
    document = files.keep(
        db, settings, file_name=table.name, content=table.content, content_type=table.content_type, purpose="import"
    )
    batch = ImportBatch(
        document_id=document.id, phase_id=found.phase.id, group_id=group.id, state="uploaded", options=options,
        uploaded_by=actor.membership_id,
    )  # fmt: skip
    db.add(batch)
    db.flush()
    record(db, actor, "uploaded", "import", batch.id, group=group.slug, bytes=len(table.content))
    return batch


def confirm(db: Session, actor: Actor, batch_id: UUID, options: dict[str, Any], *, job: Job | None) -> None:
    """Say how the file is to be read, remember it for the next such file, and have every row judged."""
    require(actor, Permission.IMPORT_RUN)
    batch = queries.open_batch(db, batch_id)
    columns = options.get("columns") or {}
    for sheet in batch.proposal.get("sheets", []):
        headers = {c["header"] for c in sheet["columns"] if c["header"]}
        chosen = {header: field for header, field in columns.items() if header in headers}
        if chosen and sheet["fingerprint"]:
            _remember(db, actor, group_of(db, batch).slug, sheet["fingerprint"], chosen)
    move(db, batch_id, to="checking", seen=("mapped", "checked"), options={**batch.options, **options}, rows_done=0)
    if job is not None:
        enqueue(db, actor, job, batch=str(batch_id))


def _remember(db: Session, actor: Actor, slug: str, fingerprint: str, chosen: dict[str, str]) -> None:
    known = db.scalar(
        select(HeaderMapping).where(
            HeaderMapping.tenant_id == current().tenant_id,
            HeaderMapping.group_slug == slug,
            HeaderMapping.fingerprint == fingerprint,
        )
    )
    if known is None:
        db.add(
            HeaderMapping(group_slug=slug, fingerprint=fingerprint, mapping=chosen, confirmed_by=actor.membership_id)
        )
    else:
        known.mapping, known.used = chosen, known.used + 1


def resolve(db: Session, actor: Actor, batch_id: UUID, row_id: UUID, resolution: str) -> None:
    """Decide about a possible duplicate: a new person, the same as one in the file or registry, or leave it out."""
    require(actor, Permission.IMPORT_RUN)
    batch = queries.open_batch(db, batch_id)
    row = db.get(ImportRow, (current().tenant_id, row_id))
    if row is None or row.batch_id != batch_id:
        raise NotFound
    if resolution not in RESOLUTIONS:
        raise Problem("เลือกว่าจะทำอย่างไรกับแถวนี้", field="resolution")
    if batch.state != "checked":
        raise Problem("การนำเข้านี้บันทึกไปแล้ว แก้ที่ทะเบียนแทน")
    row.resolution = resolution


def order_commit(db: Session, actor: Actor, batch_id: UUID, *, job: Job | None) -> None:
    """Ask for a checked batch to be written."""
    require(actor, Permission.IMPORT_RUN)
    batch = queries.open_batch(db, batch_id)
    hold_open(db, setting_of(db, actor, group_of(db, batch), batch.as_of).phase.id)
    move(db, batch_id, to="committing", seen=("checked",), committed_by=actor.membership_id)
    if job is not None:
        enqueue(db, actor, job, batch=str(batch_id))


def commit(work: Work, batch_id: UUID) -> dict[str, int]:
    """Write a batch, whole or not at all, in one transaction. A second call finds it done and does nothing."""
    with work.transaction() as db:
        batch = queries.batch(db, batch_id)
        if batch.state == "committed":
            return dict(batch.summary.get("effect", {}))
        setting = setting_of(db, work.actor, group_of(db, batch), batch.as_of)
        hold_open(db, setting.phase.id)
        to = destination(setting, batch_id, None, setting.options({**batch.options, "as_of": _iso(batch)}))
        effect = write(db, to)
        move(
            db, batch_id, to="committed", seen=("committing",), committed_at=datetime.now(UTC),
            summary={**batch.summary, "effect": effect},
        )  # fmt: skip
        record(db, work.actor, "imported", "import", batch_id, effect=effect)
        tell_sender(db, batch, "import_committed", created=effect.get("create", 0), updated=effect.get("update", 0))
    with work.transaction() as db:  # of its own, so that two provinces' imports never wait for each other here
        freshen(db, effect.get("create", 0))
    return effect


def _iso(batch: ImportBatch) -> str | None:
    return batch.as_of.isoformat() if batch.as_of else None


def order_undo(db: Session, actor: Actor, batch_id: UUID, *, job: Job | None) -> None:
    """Ask for a committed batch to be taken back, within 30 days."""
    require(actor, Permission.IMPORT_RUN)
    batch = queries.open_batch(db, batch_id)
    now = db.scalar(select(func.now())) or datetime.now(UTC)
    if batch.committed_at is not None and (now - batch.committed_at).days > UNDO_DAYS:
        raise Problem("นำเข้าไปเกิน %(days)s วันแล้ว ย้อนกลับทั้งไฟล์ไม่ได้ แก้รายคนในทะเบียน", days=UNDO_DAYS)
    if merged := undo.merged_since(db, batch_id):
        raise Problem("มี %(n)s คนในไฟล์นี้ถูกรวมกับรายการอื่นแล้ว แยกออกที่หน้ารายชื่อที่อาจซ้ำก่อน จึงย้อนกลับทั้งไฟล์ได้", n=merged)
    hold_open(db, setting_of(db, actor, group_of(db, batch), batch.as_of).phase.id)
    move(db, batch_id, to="undoing", seen=("committed",))
    if job is not None:
        enqueue(db, actor, job, batch=str(batch_id))


def take_back(work: Work, batch_id: UUID) -> dict[str, int]:
    """Take a committed batch back. Rows that others have worked on since are kept and counted."""
    with work.transaction() as db:
        batch = queries.batch(db, batch_id)
        if batch.state == "undone":
            return {}
        freshen(db, batch.rows_total)
    with work.transaction() as db:
        batch = queries.batch(db, batch_id)
        hold_open(db, setting_of(db, work.actor, group_of(db, batch), batch.as_of).phase.id)
        counts = undo.undo(db, batch_id)
        summary = {**queries.batch(db, batch_id).summary, "undo": counts}
        move(db, batch_id, to="undone", seen=("undoing",), undone_at=datetime.now(UTC), summary=summary)
        record(db, work.actor, "undid", "import", batch_id, counts=counts)
        tell_sender(db, queries.batch(db, batch_id), "import_undone")
    return counts


__all__ = ["SentTable", "commit", "confirm", "fail", "order_commit", "order_undo", "resolve", "take_back", "upload"]
