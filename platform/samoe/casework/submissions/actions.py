"""Moving the state of an institution's data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, text, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.models import DataSubmission
from samoe.casework.submissions.queries import NEXT
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.tenancy import current

NEEDS_REASON = ("returned",)
_EXPECT = text("""
    insert into data_submissions (tenant_id, id, institution_id, phase_id, group_id, state, area_bit, area_code)
    select i.tenant_id, gen_random_uuid(), i.id, :phase, :group, 'not_started', i.area_bit, i.area_code
      from institutions i
     where i.tenant_id = :tenant and i.id = any(cast(:ids as uuid[]))
    on conflict do nothing
""")


def expect(db: Session, actor: Actor, phase_id: UUID, group_id: UUID, institution_ids: Collection[UUID]) -> int:
    """Expect data of these institutions in a phase and group; how many were not expected before."""
    require(actor, Permission.SUBMISSION_UPDATE)
    bound = {"phase": phase_id, "group": group_id, "tenant": current().tenant_id, "ids": list(institution_ids)}
    added: int = db.execute(_EXPECT, bound).rowcount  # type: ignore[attr-defined]
    if added:
        audit.record(db, actor, "expected", "data_submission", None, count=added)
    return added


def set_state(
    db: Session, actor: Actor, submission_id: UUID, to: str, *, on: date, row_version: int, reason: str = ""
) -> None:
    """Move one institution's data to a state that may follow; sending it back needs a reason."""
    require(actor, Permission.SUBMISSION_UPDATE if to != "certified" else Permission.LIST_CERTIFY)
    s = DataSubmission
    found = db.get(s, (current().tenant_id, submission_id))
    if found is None:
        raise NotFound
    if to not in NEXT.get(found.state, ()):
        raise Problem("สถานะนี้ไม่ต่อจากสถานะปัจจุบัน เลือกสถานะอื่น", field="state")
    if to in NEEDS_REASON and not reason.strip():
        raise Problem("บอกเหตุผลที่ส่งคืน เพื่อให้ศูนย์รู้ว่าต้องแก้อะไร", field="reason")
    one_row(
        db.execute(
            update(s)
            .where(
                s.tenant_id == current().tenant_id, s.id == submission_id, s.state == found.state,
                s.row_version == row_version,
            )
            .values(
                state=to, state_on=on, reason=reason.strip() or None, row_version=row_version + 1,
                updated_at=func.now(),
            )
            .execution_options(synchronize_session="fetch")
        )
    )  # fmt: skip
    audit.record(db, actor, to, "data_submission", submission_id, reason=reason.strip() or None)
