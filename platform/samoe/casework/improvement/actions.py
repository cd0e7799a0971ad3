"""Planning what is done about items that failed, and saying that it was done."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.enrolments.cases import to_change
from samoe.casework.improvement import queries
from samoe.casework.improvement.forms import NOT_FAILING, Planned
from samoe.casework.models import ImprovementItem
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.sdk import Field
from samoe.tenancy import current

DONE_ALREADY = "รายการนี้บันทึกว่าทำแล้ว เปิดหน้านี้ใหม่เพื่อดูค่าล่าสุด"


def plan(db: Session, actor: Actor, enrolment_id: UUID, field: Field, form: Planned) -> UUID:
    """Add a line for an item that failed in the result standing now. An item may have several."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    if form.item not in queries.failing(found, field):
        raise Problem(NOT_FAILING, field="item")
    made = ImprovementItem(
        **found.columns(), field=field.slug, item=form.item, action=form.action, budget=form.budget,
        due_on=form.due_on, responsible=form.responsible, made_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    audit.record(db, actor, "planned", "improvement", made.id, item=form.item, budget=form.budget)
    return made.id


def done(db: Session, actor: Actor, item_id: UUID, *, on: date, document_id: UUID | None = None) -> None:
    """Say that a line was carried out, on which day, with a paper or picture that shows it."""
    require(actor, Permission.CASE_WRITE)
    row = queries.line(db, item_id)
    to_change(db, row.enrolment_id)
    i = ImprovementItem
    one_row(
        db.execute(
            update(i)
            .where(i.tenant_id == current().tenant_id, i.id == item_id, i.done_on.is_(None))
            .values(done_on=on, document_id=document_id, row_version=i.row_version + 1)
            .execution_options(synchronize_session=False)
        ),
        DONE_ALREADY,
    )
    audit.record(db, actor, "improved", "improvement", item_id, item=row.item)


def drop(db: Session, actor: Actor, item_id: UUID) -> None:
    """Take a line out that was not carried out."""
    require(actor, Permission.CASE_WRITE)
    row = queries.line(db, item_id)
    to_change(db, row.enrolment_id)
    i = ImprovementItem
    one_row(
        db.execute(delete(i).where(i.tenant_id == current().tenant_id, i.id == item_id, i.done_on.is_(None))),
        DONE_ALREADY,
    )
    audit.record(db, actor, "dropped", "improvement", item_id, item=row.item)
