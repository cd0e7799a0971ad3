"""What was certified, by whom, and which lines still stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Certification, CertificationLine, Enrolment
from samoe.kit.problem import NotFound
from samoe.programmes.models import Resolution
from samoe.registry.models import Institution, Person
from samoe.registry.persons.queries import shown_name
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current

LEVELS: Mapping[str, str] = {
    "centre": "ศูนย์รับรอง", "local_organisation": "อปท. รับรอง", "working_group": "คณะทำงานรับรอง",
}  # fmt: skip
"""Words for the levels, in the order in which they certify; the page translates them."""
VOID: Mapping[str, str] = {
    "record_changed": "ข้อมูลหรือผลคัดกรองเปลี่ยนหลังรับรอง", "person_changed": "ชื่อ วันเกิด หรือผู้ปกครองเปลี่ยนหลังรับรอง",
    "identifier_changed": "เลขประจำตัวเปลี่ยนหลังรับรอง",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CertifiedList:
    """One certified list: who, which meeting, which day, how many lines and how many of them still stand."""

    id: UUID
    level: str
    body: str
    certified_on: date
    lines: int
    standing: int
    institution: str | None
    meeting_no: str | None
    held_on: date | None
    content_hash: str


@dataclass(frozen=True, slots=True)
class CertifiedLine:
    """A line as it was certified, and why it no longer stands if so."""

    seq: int
    enrolment_id: UUID
    person_id: UUID | None
    name: str
    area_code: str | None
    voided_at: datetime | None
    void_reason: str | None


def certified_lists(db: Session, phase_id: UUID, group_id: UUID) -> list[CertifiedList]:
    """Every certified list of a phase and group, the latest first."""
    c, line, i, r = Certification, CertificationLine, Institution, Resolution
    standing = (
        select(func.count())
        .where(line.tenant_id == c.tenant_id, line.certification_id == c.id, line.voided_at.is_(None))
        .scalar_subquery()
    )
    rows = db.execute(
        select(
            c.id, c.level, c.body, c.certified_on, c.lines, standing, i.name, r.meeting_no, r.held_on, c.content_hash
        )
        .outerjoin(i, (i.tenant_id == c.tenant_id) & (i.id == c.institution_id))
        .outerjoin(r, (r.tenant_id == c.tenant_id) & (r.id == c.resolution_id))
        .where(c.tenant_id == current().tenant_id, c.phase_id == phase_id, c.group_id == group_id)
        .order_by(c.certified_on.desc(), c.recorded_at.desc())
    )
    return [CertifiedList(*row) for row in rows]


def certification(db: Session, certification_id: UUID) -> Certification:
    """One certified list, or ``NotFound``."""
    found = db.get(Certification, (current().tenant_id, certification_id))
    if found is None:
        raise NotFound
    return found


def lines_of(db: Session, certification_id: UUID, *, after: int = 0, limit: int = 100) -> list[CertifiedLine]:
    """The lines of a list by their number on the paper, those that are void included."""
    line, e, p, i = CertificationLine, Enrolment, Person, Institution
    rows = db.execute(
        select(
            line.seq,
            line.enrolment_id,
            p.id,
            p.title,
            p.first_name,
            p.last_name,
            i.name,
            e.area_code,
            line.voided_at,
            line.void_reason,
        )
        .join(e, (e.tenant_id == line.tenant_id) & (e.id == line.enrolment_id))
        .outerjoin(p, (p.tenant_id == e.tenant_id) & (p.id == e.person_id))
        .outerjoin(i, (i.tenant_id == e.tenant_id) & (i.id == e.subject_institution_id))
        .where(line.tenant_id == current().tenant_id, line.certification_id == certification_id, line.seq > after)
        .order_by(line.seq)
        .limit(limit)
    )
    return [
        CertifiedLine(
            row[0], row[1], row[2], shown_name(row[3], row[4], row[5]) if row[2] else row[6], row[7], row[8], row[9]
        )
        for row in rows
    ]


def stands(level: str) -> ColumnElement[bool]:
    """The enrolments with a line that stands at a level."""
    line, c = CertificationLine, Certification
    return Enrolment.id.in_(
        select(line.enrolment_id)
        .join(c, and_(c.tenant_id == line.tenant_id, c.id == line.certification_id))
        .where(line.tenant_id == current().tenant_id, c.level == level, line.voided_at.is_(None))
    )


def certifiable(
    db: Session, phase_id: UUID, group: EnabledGroup, level: str, institution_id: UUID | None = None
) -> int:
    """How many could be put on a list of this level now."""
    query = select(func.count()).select_from(Enrolment).where(waiting(phase_id, group, level, institution_id))
    return db.scalar(query) or 0


def waiting(phase_id: UUID, group: EnabledGroup, level: str, institution_id: UUID | None = None) -> ColumnElement[bool]:
    """Those without a standing line at this level who qualify, or all of them in a group without criteria."""
    e = Enrolment
    parts = [
        e.tenant_id == current().tenant_id, e.phase_id == phase_id, e.group_id == group.id, ~stands(level)
    ]  # fmt: skip
    if group.manifest.criteria is not None:
        parts.append(e.decision == "qualifies")
    if institution_id is not None:
        parts.append(e.institution_id == institution_id)
    return and_(*parts)
