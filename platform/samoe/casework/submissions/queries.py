"""The state of each institution's data, and how many stand where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.models import DataSubmission, Enrolment
from samoe.registry.models import Institution
from samoe.tenancy import current

STATES: Mapping[str, str] = {
    "not_started": "ยังไม่เริ่มส่ง", "sending": "กำลังส่ง", "complete": "ส่งครบแล้ว", "returned": "ส่งคืนให้แก้",
    "certified": "รับรองแล้ว",
}  # fmt: skip
"""Words for the states, in Thai; the page translates them."""
NEXT: Mapping[str, tuple[str, ...]] = {
    "not_started": ("sending", "complete"), "sending": ("complete", "returned"), "complete": ("returned", "certified"),
    "returned": ("sending", "complete"), "certified": ("returned",),
}  # fmt: skip
"""From a state, the ones that may follow."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One institution's data: how far, since when, and how many records it holds."""

    id: UUID
    institution_id: UUID
    institution: str
    area_code: str
    state: str
    state_on: date | None
    reason: str | None
    records: int
    row_version: int


def submissions(
    db: Session, phase_id: UUID, group_id: UUID, *, state: str | None = None, district: str | None = None
) -> list[Submission]:
    """The institutions of a phase and group in dictionary order, with the records counted that name each."""
    s, i, e = DataSubmission, Institution, Enrolment
    records = (
        select(func.count())
        .where(
            e.tenant_id == s.tenant_id, e.phase_id == s.phase_id, e.group_id == s.group_id,
            e.institution_id == s.institution_id,
        )
        .scalar_subquery()
    )  # fmt: skip
    query = (
        select(s.id, s.institution_id, i.name, s.area_code, s.state, s.state_on, s.reason, records, s.row_version)
        .join(i, (i.tenant_id == s.tenant_id) & (i.id == s.institution_id))
        .where(s.tenant_id == current().tenant_id, s.phase_id == phase_id, s.group_id == group_id)
        .order_by(i.sort_key, i.id)
    )
    if state:
        query = query.where(s.state == state)
    if district:
        query = query.where(s.area_code.like(f"{district}%"))
    return [Submission(*row) for row in db.execute(query)]


def counts(db: Session, phase_id: UUID, group_id: UUID) -> dict[str, int]:
    """How many institutions stand at each state, counted from them."""
    s = DataSubmission
    rows = db.execute(
        select(s.state, func.count())
        .where(s.tenant_id == current().tenant_id, s.phase_id == phase_id, s.group_id == group_id)
        .group_by(s.state)
    )
    found = {state: number for state, number in rows}  # noqa: C416 - rows are not pairs for the type checker
    return {state: found.get(state, 0) for state in STATES}


def by_district(db: Session, phase_id: UUID, group_id: UUID, *states: str) -> dict[str, int]:
    """How many institutions of each district stand at one of these states."""
    s = DataSubmission
    district = func.substr(s.area_code, 1, 4).label("district")
    rows = db.execute(
        select(district, func.count())
        .where(s.tenant_id == current().tenant_id, s.phase_id == phase_id, s.group_id == group_id, s.state.in_(states))
        .group_by(district)
        .order_by(district)
    )
    return {code: number for code, number in rows}  # noqa: C416
