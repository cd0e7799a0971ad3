"""The close of a phase: what is still open goes on in the next one, once, and is counted as carried in.

Who closes a phase asks ``samoe.funding.closing``, which knows of the money, too; this is the part of the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, TextClause, and_, false, func, or_, select, text
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.models import Assessment, Enrolment, FollowUp, ImprovementItem, Referral
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases import queries as known
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.enabling import EnabledGroup, enabled, kept
from samoe.tenancy import current

WHOLE_ONLY = "ปิดระยะได้เฉพาะผู้ที่ดูแลทุกอำเภอและทุกกลุ่ม เพราะงานที่ค้างของทั้งจังหวัดต้องยกไปพร้อมกัน"

_HELD = text("""
    select count(*) from (select 1 from enrolments e
                           where e.tenant_id = :tenant and e.phase_id = :phase and e.closed_on is null
                           order by e.id for no key update) held
""")
_FOUND = text("""
    update enrolments n set carried_from_id = e.id, row_version = n.row_version + 1
      from enrolments e
     where e.tenant_id = :tenant and e.phase_id = :phase and e.group_id = :group
       and e.status = any(cast(:stages as text[])) and e.closed_on is null and e.folded_into_id is null
       and n.tenant_id = :tenant and n.phase_id = :next and n.group_id = e.group_id
       and n.carried_from_id is null and n.folded_into_id is null
       and (n.person_id = e.person_id or n.subject_institution_id = e.subject_institution_id)
""")
"""Who was written down in the next phase before the one before was closed is the same case, and no new one."""
_ENROLMENTS = text("""
    insert into enrolments (tenant_id, id, group_id, phase_id, person_id, subject_institution_id, register, status,
        status_on, area_code, event_area_code, answers, manifest_version, decision, happened_on, carried_from_id,
        area_bit, group_bit, institution_id, worker_id)
    select e.tenant_id, gen_random_uuid(), e.group_id, :next, e.person_id, e.subject_institution_id,
           coalesce(p.register, e.register), e.status, e.status_on, e.area_code, e.area_code, e.answers,
           e.manifest_version, null, cast(:opens as date), e.id, e.area_bit, e.group_bit, e.institution_id, e.worker_id
      from enrolments e
      join tenant_groups g on g.tenant_id = e.tenant_id and g.id = e.group_id
      left join phase_groups p on p.tenant_id = e.tenant_id and p.phase_id = :next and p.group_slug = g.slug
     where e.tenant_id = :tenant and e.phase_id = :phase and e.group_id = :group
       and e.status = any(cast(:stages as text[])) and e.closed_on is null and e.folded_into_id is null
       and not exists (select 1 from enrolments n where n.tenant_id = e.tenant_id and n.phase_id = :next
                        and n.group_id = e.group_id and (n.person_id = e.person_id
                        or n.subject_institution_id = e.subject_institution_id))
""")
_PAPERS = text("""
    update documents d set subject_id = n.id
      from enrolments n, jsonb_each_text(n.answers) a
     where d.tenant_id = :tenant and d.subject_type = 'enrolment' and d.purpose = 'answer:' || a.key
       and d.id::text = a.value and n.tenant_id = :tenant and n.phase_id = :next and n.carried_from_id = d.subject_id
""")
"""The file that answers a question belongs to the case as it goes on, so that whoever cares for it now may open it."""
_PLANS = text("""
    update improvement_items i set enrolment_id = n.id, area_bit = n.area_bit, group_bit = n.group_bit,
           institution_id = n.institution_id, worker_id = n.worker_id, row_version = i.row_version + 1
      from enrolments n
     where i.tenant_id = :tenant and i.done_on is null and n.tenant_id = :tenant and n.phase_id = :next
       and n.carried_from_id = i.enrolment_id
""")
"""What is planned and not done yet is done in the next phase; what was done stays with the phase in which it was."""
_SITTINGS = text("""
    update assessments a set enrolment_id = n.id, area_bit = n.area_bit, group_bit = n.group_bit,
           institution_id = n.institution_id, worker_id = n.worker_id, row_version = a.row_version + 1
      from enrolments n
     where a.tenant_id = :tenant and a.state = 'draft' and n.tenant_id = :tenant and n.phase_id = :next
       and n.carried_from_id = a.enrolment_id
       and not exists (select 1 from assessments other where other.tenant_id = :tenant and other.enrolment_id = n.id
                        and other.field = a.field and other.state = 'draft')
""")
"""An assessment that somebody is in the middle of is finished where the case goes on; what was found before stays."""
_MARKS = text("""
    update assessment_marks m set enrolment_id = a.enrolment_id, area_bit = a.area_bit, group_bit = a.group_bit,
           institution_id = a.institution_id, worker_id = a.worker_id
      from assessments a
     where m.tenant_id = :tenant and a.tenant_id = :tenant and a.id = m.assessment_id and a.state = 'draft'
       and m.enrolment_id <> a.enrolment_id
""")
_EVIDENCE = text("""
    update documents d set subject_id = m.enrolment_id
      from assessment_marks m join assessments a on a.tenant_id = m.tenant_id and a.id = m.assessment_id
     where d.tenant_id = :tenant and d.id = m.document_id and d.subject_type = 'enrolment' and m.tenant_id = :tenant
       and a.state = 'draft' and d.subject_id <> m.enrolment_id
""")
_REFERRALS = text("""
    insert into referrals (tenant_id, id, enrolment_id, kind, to_institution_id, to_partner_id, to_name, state, sent_on,
        answered_on, consent_id, notice_given, event_area_code, sent_by, carried_from_id,
        area_bit, group_bit, institution_id, worker_id)
    select r.tenant_id, gen_random_uuid(), n.id, r.kind, r.to_institution_id, r.to_partner_id, r.to_name, r.state,
           r.sent_on, r.answered_on, r.consent_id, r.notice_given, r.event_area_code, r.sent_by, r.id,
           n.area_bit, n.group_bit, n.institution_id, n.worker_id
      from referrals r
      join enrolments n on n.tenant_id = r.tenant_id and n.carried_from_id = r.enrolment_id and n.phase_id = :next
     where r.tenant_id = :tenant and r.state in ('sent', 'accepted')
""")
_FOLLOW_UPS = text("""
    insert into follow_ups (tenant_id, id, enrolment_id, referral_id, kind, month, due_on, state, carried_from_id,
        area_bit, group_bit, institution_id, worker_id)
    select f.tenant_id, gen_random_uuid(), n.id, r.id, f.kind, f.month, f.due_on, 'due', f.id,
           n.area_bit, n.group_bit, n.institution_id, n.worker_id
      from follow_ups f
      join enrolments n on n.tenant_id = f.tenant_id and n.carried_from_id = f.enrolment_id and n.phase_id = :next
      left join referrals r on r.tenant_id = f.tenant_id and r.carried_from_id = f.referral_id
     where f.tenant_id = :tenant and f.state = 'due'
""")
_CLOSE = {
    "follow_ups": text("""
        update follow_ups f set state = 'carried' from follow_ups n
         where n.tenant_id = f.tenant_id and n.carried_from_id = f.id and f.tenant_id = :tenant and f.state = 'due'"""),
    "referrals": text("""
        update referrals r set state = 'carried' from referrals n
         where n.tenant_id = r.tenant_id and n.carried_from_id = r.id and r.tenant_id = :tenant
           and r.state in ('sent', 'accepted')"""),
    "enrolments": text("""
        update enrolments e set closed_on = cast(:closes as date), closed_reason = 'carried' from enrolments n
         where n.tenant_id = e.tenant_id and n.carried_from_id = e.id and n.phase_id = :next
           and e.tenant_id = :tenant and e.phase_id = :phase and e.closed_on is null"""),
}


@dataclass(frozen=True, slots=True)
class Open:
    """What is still open in a phase. ``sittings`` are assessments begun and not finished. ``overdue`` of the follow-ups
    were due before today; ``hidden`` cases are those of groups that are off: they go on unseen, with what belongs to
    them. ``unreached`` cases stay behind: what their group is, is not installed here, so that nobody knows which of its
    stages are open."""

    enrolments: Mapping[str, int]
    referrals: int
    follow_ups: int
    plans: int
    sittings: int
    overdue: int
    hidden: int
    unreached: int

    @property
    def cases(self) -> int:
        return sum(self.enrolments.values()) + self.hidden


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many were still open and go on, by target group, and what goes with them. Groups that are off are there."""

    enrolments: Mapping[str, int]
    referrals: int
    follow_ups: int
    plans: int
    sittings: int


def close_phase(db: Session, actor: Actor, phase_id: UUID, next_phase_id: UUID) -> CarriedOver:
    """Close a phase and carry what is open into the one that names it as predecessor.

    Open is what stands at a stage that its group calls open, also of a group that is off: it stays hidden, and is
    there when the group is switched on again. Certified lines and decisions stay with the closed phase: the next one
    screens again. Raises ``Problem`` for whoever does not reach the whole province, for the rest would stay behind.
    """
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if not current().whole:
        raise Problem(WHOLE_ONLY)
    phase, following = _phases(db, phase_id, next_phase_id)
    # First, so that of two who close at once the second waits here and finds it closed.
    phases.close_phase(db, actor, phase.id)
    # Then every case, so that what somebody is saving in one goes along and is not left in the closed phase.
    db.execute(_HELD, {"tenant": current().tenant_id, "phase": phase.id})
    bound = {
        "tenant": current().tenant_id, "phase": phase.id, "next": following.id,
        "opens": following.starts_on, "closes": phase.ends_on,
    }  # fmt: skip
    counts = {}
    for group in kept(db):
        of_group = {**bound, "group": group.id, "stages": _open_stages(group)}
        counts[group.slug] = _rows(db, _FOUND, of_group) + _rows(db, _ENROLMENTS, of_group)
    db.execute(_PAPERS, bound)
    plans, sittings = _rows(db, _PLANS, bound), _rows(db, _SITTINGS, bound)
    db.execute(_MARKS, bound)
    db.execute(_EVIDENCE, bound)
    referrals, follow_ups = _rows(db, _REFERRALS, bound), _rows(db, _FOLLOW_UPS, bound)
    for statement in _CLOSE.values():
        db.execute(statement, bound)
    carried = CarriedOver(counts, referrals, follow_ups, plans, sittings)
    audit.record(
        db, actor, "carried", "phase", phase.id, enrolments=sum(counts.values()), referrals=referrals,
        follow_ups=follow_ups, plans=plans, sittings=sittings,
    )  # fmt: skip
    return carried


def still_open(db: Session, phase_id: UUID, today: date) -> Open:
    """What closing the phase now would carry on."""
    e, groups = Enrolment, kept(db)
    on = {group.id for group in enabled(db)}
    mine = (e.tenant_id == current().tenant_id, e.phase_id == phase_id, e.closed_on.is_(None))
    counted, hidden = dict[str, int](), 0
    for group in groups:
        query = select(func.count()).where(*mine, e.folded_into_id.is_(None), _open_in(group))
        found = db.scalar(query) or 0
        if group.id in on:
            counted[pick(group.manifest.name.th, group.manifest.name.en)] = found
        else:
            hidden += found
    r, f, i = Referral, FollowUp, ImprovementItem
    of_phase = select(e.id).where(*mine, or_(*(_open_in(group) for group in groups)) if groups else false())
    sent = select(func.count()).where(
        r.tenant_id == current().tenant_id, r.enrolment_id.in_(of_phase), r.state.in_(["sent", "accepted"])
    )
    due = select(func.count(), func.count().filter(f.due_on < today)).where(
        f.tenant_id == current().tenant_id, f.enrolment_id.in_(of_phase), f.state == "due"
    )
    visits, overdue = db.execute(due).one()
    undone = select(func.count()).where(
        i.tenant_id == current().tenant_id, i.enrolment_id.in_(of_phase), i.done_on.is_(None)
    )
    begun = select(func.count()).where(
        Assessment.tenant_id == current().tenant_id, Assessment.enrolment_id.in_(of_phase), Assessment.state == "draft"
    )
    others = select(func.count()).where(*mine, e.group_id.not_in([group.id for group in groups]))
    return Open(
        counted, db.scalar(sent) or 0, visits, db.scalar(undone) or 0, db.scalar(begun) or 0, overdue, hidden,
        db.scalar(others) or 0,
    )  # fmt: skip


def carried_in(db: Session, phase_id: UUID, group_id: UUID | None = None) -> int:
    """How many enrolments of a phase were carried in from the one before: they are not new."""
    query = (
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.tenant_id == current().tenant_id, Enrolment.phase_id == phase_id,
            Enrolment.carried_from_id.is_not(None),
        )
    )  # fmt: skip
    return db.scalar(query if group_id is None else query.where(Enrolment.group_id == group_id)) or 0


def _open_stages(group: EnabledGroup) -> list[str]:
    return [stage.slug for stage in group.manifest.stages if stage.kind == "open"]


def _open_in(group: EnabledGroup) -> ColumnElement[bool]:
    return and_(Enrolment.group_id == group.id, Enrolment.status.in_(_open_stages(group)))


def _rows(db: Session, statement: TextClause, values: Mapping[str, object]) -> int:
    return int(db.execute(statement, values).rowcount)  # type: ignore[attr-defined]


def _phases(db: Session, phase_id: UUID, next_phase_id: UUID) -> tuple[PhaseDays, PhaseDays]:
    phase, following = known.phase(db, phase_id), known.phase(db, next_phase_id)
    if phase.closed_at is not None:
        raise Conflict("ระยะนี้ปิดไปแล้ว")
    if following.predecessor_id != phase.id:
        raise Problem("ระยะถัดไปต้องระบุว่าต่อจากระยะที่จะปิด", field="next_phase")
    if following.closed_at is not None:
        raise Problem("ระยะถัดไปปิดแล้ว เลือกระยะที่ยังเปิดอยู่", field="next_phase")
    return phase, following
