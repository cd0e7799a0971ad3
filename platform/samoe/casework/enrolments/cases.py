"""One enrolment with its group: what every action on a case begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.phases import queries as phases
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.persons.queries import living
from samoe.sdk import Manifest, Stage
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.targetgroups.stages import stage_of
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Case:
    """An enrolment, its target group and its phase."""

    enrolment: Enrolment
    group: EnabledGroup
    phase: PhaseDays

    @property
    def manifest(self) -> Manifest:
        return self.group.manifest

    @property
    def stage(self) -> Stage | None:
        return stage_of(self.manifest, self.enrolment.status)

    def columns(self) -> dict[str, object]:
        """What every row that hangs on the enrolment carries, so that it is seen by whoever sees the enrolment."""
        e = self.enrolment
        return {
            "enrolment_id": e.id, "area_bit": e.area_bit, "group_bit": e.group_bit,
            "institution_id": e.institution_id, "worker_id": e.worker_id,
        }  # fmt: skip


def case(db: Session, enrolment_id: UUID) -> Case:
    """The case, to read. ``NotFound`` out of reach, or when its group is off."""
    return _with_group(db, db.get(Enrolment, (current().tenant_id, enrolment_id)))


def to_change(db: Session, enrolment_id: UUID) -> Case:
    """The case, held for this transaction: whoever else changes it waits. Refuses one whose phase is closed."""
    row = db.scalars(
        select(Enrolment)
        .where(Enrolment.tenant_id == current().tenant_id, Enrolment.id == enrolment_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    found = _with_group(db, row)
    if found.phase.closed_at is not None:
        raise Problem("ระยะของรายการนี้ปิดแล้ว ทำต่อในรายการที่ยกไปยังระยะถัดไป")
    if found.enrolment.person_id is not None:
        living(db, found.enrolment.person_id)
    return found


def phase_in_work(db: Session, day: date, number: int | None = None) -> PhaseDays:
    """The phase with this number, or the one that a day falls in; ``NotFound`` before there is one."""
    found = phases.phase_numbered(db, number) if number is not None else phases.current_phase(db, day)
    if found is None:
        raise NotFound("จังหวัดนี้ยังไม่ได้กำหนดระยะของโครงการ กำหนดระยะก่อนเริ่มงาน")
    return found


def _with_group(db: Session, row: Enrolment | None) -> Case:
    if row is None:
        raise NotFound
    group = next((group for group in enabled(db) if group.id == row.group_id), None)
    if group is None:
        raise NotFound
    return Case(row, group, phases.phase(db, row.phase_id))
