"""Certifying a list: its lines are frozen with the hash of what they said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.certifying.queries import LEVELS, waiting
from samoe.casework.models import Certification, Enrolment
from samoe.casework.path.moves import happened
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.committees.forms import ResolutionForm
from samoe.programmes.models import Resolution
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.institutions import queries as institutions
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current
from samoe.tenancy.models import area_bit

# What a line certifies: who it is, what was answered and what was decided. The trigger that voids lines watches the
# same columns (0008_voided_lines.sql).
_LINES = text("""
    insert into certification_lines (tenant_id, id, certification_id, enrolment_id, seq, content_hash, area_bit,
        group_bit, institution_id, worker_id)
    select e.tenant_id, gen_random_uuid(), :list, e.id,
           row_number() over (order by i.sort_key nulls last, coalesce(p.sort_key, ''), e.id),
           encode(sha256(convert_to(jsonb_build_array(
             e.id, e.answers, e.decision, p.first_name, p.last_name, p.sex, p.birth_date, p.guardian_name,
             (select jsonb_agg(n.value order by n.kind) from person_identifiers n
               where n.tenant_id = e.tenant_id and n.person_id = e.person_id and n.valid_to is null))::text, 'UTF8')),
             'hex'),
           e.area_bit, e.group_bit, e.institution_id, e.worker_id
      from enrolments e
      left join persons p on p.tenant_id = e.tenant_id and p.id = e.person_id
      left join institutions i on i.tenant_id = e.tenant_id and i.id = e.institution_id
     where e.tenant_id = :tenant and e.id = any(cast(:ids as uuid[]))
""")
_SEAL = text("""
    select encode(sha256(convert_to(coalesce(string_agg(content_hash, E'\\n' order by seq), ''), 'UTF8')), 'hex')
      from certification_lines where tenant_id = :tenant and certification_id = :list
""")


def certify(
    db: Session,
    actor: Actor,
    group: EnabledGroup,
    phase: PhaseDays,
    *,
    level: str,
    body: str,
    certified_on: date,
    institution_id: UUID | None = None,
    meeting: ResolutionForm | None = None,
    resolution_id: UUID | None = None,
) -> UUID:
    """Certify everyone within reach who qualifies and has no standing line at this level.

    A centre certifies its own list; the local organisation and the working group name the meeting. Certification by
    the working group moves the enrolments on.
    """
    require(actor, Permission.LIST_CERTIFY)
    if level not in LEVELS:
        raise Problem("เลือกว่ารับรองในระดับใด", field="level")
    if level == "centre" and institution_id is None:
        raise Problem("เลือกศูนย์ที่รับรอง", field="institution_id")
    if level == "working_group" and meeting is None and resolution_id is None:
        raise Problem("กรอกการประชุมที่มีมติรับรอง", field="meeting_no")
    if not body.strip():
        raise Problem("พิมพ์ชื่อผู้รับรองหรือที่ประชุม", field="body")
    ids = db.scalars(
        select(Enrolment.id).where(waiting(phase.id, group, level, institution_id)).with_for_update(key_share=True)
    ).all()
    if not ids:
        raise Problem("ไม่มีรายชื่อที่รอรับรองในระดับนี้ คัดกรองก่อน หรือรับรองไปครบแล้ว", field="level")
    made = Certification(
        phase_id=phase.id, group_id=group.id, level=level, institution_id=institution_id, body=body.strip(),
        area_bit=_area(db, actor, institution_id), certified_on=certified_on, lines=len(ids), content_hash="",
        resolution_id=resolution_id or minute(db, actor, meeting), certified_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    bound = {"tenant": current().tenant_id, "list": made.id}
    db.execute(_LINES, {**bound, "ids": list(ids)})
    made.content_hash = db.execute(_SEAL, bound).scalar_one()
    db.flush()
    if level == "working_group":
        happened(db, group.manifest, "certified", which=Enrolment.id.in_(list(ids)), on=certified_on)
    audit.record(db, actor, "certified", "certification", made.id, level=level, lines=len(ids))
    return made.id


def sealed(db: Session, certification_id: UUID) -> bool:
    """Whether the lines of a list are still the ones that were certified."""
    found = db.get_one(Certification, (current().tenant_id, certification_id))
    return bool(
        db.execute(_SEAL, {"tenant": current().tenant_id, "list": certification_id}).scalar_one() == found.content_hash
    )


def minute(db: Session, actor: Actor, meeting: ResolutionForm | None) -> UUID | None:
    """The resolution of a meeting, written down unless it is already. Whoever may certify or except may do this."""
    if meeting is None:
        return None
    r = Resolution
    known = db.scalars(
        select(r.id)
        .where(
            r.tenant_id == current().tenant_id, r.body == meeting.body, r.meeting_no == meeting.meeting_no,
            r.held_on == meeting.held_on, r.decision == meeting.decision,
        )
        .limit(1)
    ).first()  # fmt: skip
    if known is not None:
        return known
    made = Resolution(
        body=meeting.body, meeting_no=meeting.meeting_no, held_on=meeting.held_on, decision=meeting.decision
    )
    db.add(made)
    db.flush()
    audit.record(db, actor, "added", "resolution", made.id)
    return made.id


def _area(db: Session, actor: Actor, institution_id: UUID | None) -> int:
    if institution_id is not None:
        return area_bit(institutions.get(db, institution_id).area_code)
    return actor.area_mask
