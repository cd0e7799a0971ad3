"""The rehearsals of a province, and what one came to."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe import files
from samoe.funding.batches import bankfile
from samoe.funding.batches import queries as batches
from samoe.intake.models import ImportBatch
from samoe.kit.problem import NotFound
from samoe.rehearsals.models import Rehearsal
from samoe.settings import Settings
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import Scope, current, tenant_session


def live(db: Session) -> Rehearsal | None:
    """The one that is there now, under way or done."""
    r = Rehearsal
    return db.scalar(select(r).where(r.tenant_id == current().tenant_id, r.state != "thrown_away"))


def made_before(db: Session) -> int:
    """How many rehearsals there ever were."""
    asked = select(func.count()).select_from(Rehearsal).where(Rehearsal.tenant_id == current().tenant_id)
    return db.scalar(asked) or 0


def gone(db: Session, limit: int = 20) -> list[Rehearsal]:
    """Those that were thrown away, the latest first."""
    r = Rehearsal
    asked = select(r).where(r.tenant_id == current().tenant_id, r.state == "thrown_away")
    return list(db.scalars(asked.order_by(r.thrown_away_at.desc()).limit(limit)))


def one(db: Session, rehearsal_id: UUID, *, hold: bool = False) -> Rehearsal:
    """One of them; held against others until the transaction ends, where asked."""
    asked = select(Rehearsal).where(Rehearsal.tenant_id == current().tenant_id, Rehearsal.id == rehearsal_id)
    found = db.scalar(asked.with_for_update() if hold else asked)
    if found is None:
        raise NotFound
    return found


def left_alone(db: Session) -> Rehearsal | None:
    """The one that was begun a while ago, is not done, and that no step is holding now."""
    r, while_ago = Rehearsal, func.now() - timedelta(minutes=10)
    asked = select(r).where(
        r.tenant_id == current().tenant_id, r.state.in_(["waiting", "running"]), r.recorded_at < while_ago
    )
    return db.scalar(asked.with_for_update(skip_locked=True))


def list_file(settings: Settings, rehearsal: Rehearsal, place: int) -> tuple[str, bytes]:
    """The workbook that was made and sent for one of the groups, in the order of the outcome, and what it is called."""
    groups = (rehearsal.outcome or {}).get("groups", [])
    if rehearsal.state == "thrown_away" or not 1 <= place <= len(groups):
        raise NotFound
    with tenant_session(Scope(rehearsal.number), settings) as db:
        group = group_or_404(db, groups[place - 1]["slug"])
        batch = list_of(db, group.id)
        if batch is None:
            raise NotFound
        document, content = files.content_of(db, settings, batch.document_id)
    return document.file_name, content


def payment_file(settings: Settings, rehearsal: Rehearsal, place: int) -> tuple[str, bytes]:
    """The file for the bank of one batch, marked as made up, and what to call it."""
    if rehearsal.state == "thrown_away":
        raise NotFound
    with tenant_session(Scope(rehearsal.number), settings) as db:
        found = sorted((one.fiscal_year, one.number, one.id) for one in batches.batches(db) if one.method == "bank")
        if not 1 <= place <= len(found):
            raise NotFound
        batch = batches.one(db, found[place - 1][2])
        content = bankfile.write(batch, batches.payments(db, batch.id, limit=None))
    return f"payments-{batch.fiscal_year}-{batch.number:04}.csv", content


def list_of(db: Session, group_id: UUID) -> ImportBatch | None:
    """The workbook of a group that was sent in the current tenant."""
    b = ImportBatch
    asked = select(b).where(b.tenant_id == current().tenant_id, b.group_id == group_id)
    return db.scalar(asked.order_by(b.recorded_at).limit(1))
