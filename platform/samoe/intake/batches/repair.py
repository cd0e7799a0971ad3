"""Mending a file where it is looked at: a cell typed anew, a row left out, and every row judged again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity import Actor, Permission, require
from samoe.intake.batches import queries
from samoe.intake.batches.corrections import corrections, left_out
from samoe.intake.batches.reading import check_again, move
from samoe.intake.models import ImportBatch, ImportCorrection, ImportRow
from samoe.jobs import Job, enqueue
from samoe.kit.numbers import written_out
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.kit.thai import clean
from samoe.settings import Settings
from samoe.tenancy import current

LONGEST = 500
AT_ONCE = 5000
"""A file of up to so many rows is judged again while one waits (some tenths of a second); a larger one by a job."""
FIRST = "มีคนแก้แถว %(number)s ก่อนคุณ ดูค่าล่าสุดในแถวนั้นแล้วแก้อีกครั้ง"


def mend(
    db: Session, actor: Actor, settings: Settings, batch_id: UUID, row: tuple[str, int], cells: Mapping[int, str],
    *, seen: int, job: Job | None,
) -> str | None:  # fmt: skip
    """Type cells of a row anew, by their place from 0. ``seen`` is how many corrections the row had when it was read.

    What was typed before is kept. Returns the class that the row has now, or None while a job judges it. Raises
    ``Conflict`` where somebody else mended the row meanwhile.
    """
    batch = _open_to_repair(db, actor, batch_id)
    staged, made = _row(db, batch_id, row), corrections(db, batch_id, row=row)
    if len(made) != seen:
        raise Conflict(FIRST, number=row[1])
    changed = {}
    for place, text in cells.items():
        was = clean(written_out(staged.typed[place])) if place < len(staged.typed) else ""
        typed = clean(text)
        if len(typed) > LONGEST:
            raise Problem("ยาวเกิน %(longest)s ตัวอักษร พิมพ์ให้สั้นลง", field=f"cell-{place}", longest=LONGEST)
        if typed != was:
            changed[place] = (was, typed)
    if not changed:
        raise Problem("ยังไม่ได้แก้ช่องใดในแถวนี้")
    for place, (was, typed) in changed.items():
        db.add(
            ImportCorrection(
                batch_id=batch_id, sheet=row[0], row_no=row[1], kind="cell", column_no=place, was=was, typed=typed,
                made_by=actor.membership_id,
            )
        )  # fmt: skip
    return _judge_again(db, actor, settings, batch, row, verb="mended", cells=len(changed), job=job)


def leave_out(
    db: Session, actor: Actor, settings: Settings, batch_id: UUID, row: tuple[str, int], *, seen: int, job: Job | None
) -> None:
    """Leave a row out of the import; it stays in the file and can be put back."""
    batch = _open_to_repair(db, actor, batch_id)
    _row(db, batch_id, row)
    if len(corrections(db, batch_id, row=row)) != seen:
        raise Conflict(FIRST, number=row[1])
    _decide(db, actor, settings, batch, row, kind="left_out", job=job)


def put_back(
    db: Session, actor: Actor, settings: Settings, batch_id: UUID, row: tuple[str, int], *, job: Job | None
) -> None:
    """Take a row in again that was left out."""
    batch = _open_to_repair(db, actor, batch_id)
    if row not in left_out(corrections(db, batch_id, row=row)):
        raise Conflict("แถวนี้ไม่ได้ถูกตัดออก เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
    _decide(db, actor, settings, batch, row, kind="put_back", job=job)


def _decide(
    db: Session, actor: Actor, settings: Settings, batch: ImportBatch, row: tuple[str, int], *, kind: str,
    job: Job | None,
) -> None:  # fmt: skip
    db.add(ImportCorrection(batch_id=batch.id, sheet=row[0], row_no=row[1], kind=kind, made_by=actor.membership_id))
    _judge_again(db, actor, settings, batch, row, verb=kind, cells=0, job=job)


def _open_to_repair(db: Session, actor: Actor, batch_id: UUID) -> ImportBatch:
    """The batch, held so that two people mend one after the other."""
    require(actor, Permission.IMPORT_RUN)
    b = ImportBatch
    found = db.scalar(
        select(b)
        .where(b.tenant_id == current().tenant_id, b.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(queries.NO_SUCH_BATCH)
    queries.refuse_off(db, found)
    if found.state != "checked":
        raise Conflict("แก้ในหน้านี้ได้เฉพาะไฟล์ที่ตรวจแล้วและยังไม่นำเข้า เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด")
    return found


def _row(db: Session, batch_id: UUID, row: tuple[str, int]) -> ImportRow:
    found = queries.row_at(db, batch_id, row)
    if found is None:
        raise NotFound("ไม่พบแถวนี้ในไฟล์")
    return found


def _judge_again(
    db: Session, actor: Actor, settings: Settings, batch: ImportBatch, row: tuple[str, int], *, verb: str, cells: int,
    job: Job | None,
) -> str | None:  # fmt: skip
    """Judge the whole file: a mended row may stand in another's way, or no longer. Values stay out of the trail."""
    db.flush()
    record(db, actor, verb, "import", batch.id, row=row[1], count=cells)
    if job is not None and batch.rows_total > AT_ONCE:
        move(db, batch.id, to="checking", seen=("checked",), rows_done=0)
        enqueue(db, actor, job, batch=str(batch.id))
        return None
    check_again(db, actor, settings, batch)
    db.expire_all()
    now = queries.row_at(db, batch.id, row)
    return None if now is None else now.judged_as
