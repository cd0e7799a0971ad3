"""The close of a phase: what is still open goes on in the next one, and is counted as carried in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.models import Enrolment
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.phases import actions as phases
from samoe.programmes.phases import queries as known
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import current

CARRIED = "carried"
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
       and e.status = any(cast(:stages as text[]))
       and not exists (select 1 from enrolments n where n.tenant_id = e.tenant_id and n.phase_id = :next
                        and n.group_id = e.group_id and (n.person_id = e.person_id
                        or n.subject_institution_id = e.subject_institution_id))
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
           and e.tenant_id = :tenant and e.phase_id = :phase"""),
}


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """How many were still open and go on, by target group, and what goes with them."""

    enrolments: Mapping[str, int]
    referrals: int
    follow_ups: int


def close_phase(db: Session, actor: Actor, phase_id: UUID, next_phase_id: UUID) -> CarriedOver:
    """Close a phase and carry what is open into the one that names it as predecessor.

    Open is what stands at a stage that its group calls open. Certified lines and decisions stay with the closed
    phase: the next one screens again.
    """
    require(actor, Permission.PROGRAMME_CONFIGURE)
    phase, following = _phases(db, phase_id, next_phase_id)
    bound = {
        "tenant": current().tenant_id, "phase": phase.id, "next": following.id,
        "opens": following.starts_on, "closes": phase.ends_on,
    }  # fmt: skip
    counts = {}
    for group in enabled(db):
        stages = [stage.slug for stage in group.manifest.stages if stage.kind == "open"]
        done = db.execute(_ENROLMENTS, {**bound, "group": group.id, "stages": stages})
        counts[group.slug] = done.rowcount  # type: ignore[attr-defined]
    referrals = db.execute(_REFERRALS, bound).rowcount  # type: ignore[attr-defined]
    follow_ups = db.execute(_FOLLOW_UPS, bound).rowcount  # type: ignore[attr-defined]
    for statement in _CLOSE.values():
        db.execute(statement, bound)
    phases.close_phase(db, actor, phase.id)
    carried = CarriedOver(counts, referrals, follow_ups)
    audit.record(
        db, actor, "carried", "phase", phase.id, enrolments=sum(counts.values()), referrals=referrals,
        follow_ups=follow_ups,
    )  # fmt: skip
    return carried


def would_carry(db: Session, phase_id: UUID) -> dict[str, int]:
    """How many of each group are open now and would be carried over."""
    e = Enrolment
    found = {}
    for group in enabled(db):
        stages = [stage.slug for stage in group.manifest.stages if stage.kind == "open"]
        query = select(func.count()).where(
            e.tenant_id == current().tenant_id, e.phase_id == phase_id, e.group_id == group.id, e.status.in_(stages)
        )
        found[pick(group.manifest.name.th, group.manifest.name.en)] = db.scalar(query) or 0
    return found


def carried_in(db: Session, phase_id: UUID, group_id: UUID | None = None) -> int:
    """How many enrolments of a phase were carried in from the one before."""
    query = (
        select(func.count())
        .select_from(Enrolment)
        .where(
            Enrolment.tenant_id == current().tenant_id, Enrolment.phase_id == phase_id,
            Enrolment.carried_from_id.is_not(None),
        )
    )  # fmt: skip
    return db.scalar(query if group_id is None else query.where(Enrolment.group_id == group_id)) or 0


def _phases(db: Session, phase_id: UUID, next_phase_id: UUID) -> tuple[PhaseDays, PhaseDays]:
    phase, following = known.phase(db, phase_id), known.phase(db, next_phase_id)
    if following.predecessor_id != phase.id:
        raise Problem("ระยะถัดไปต้องระบุว่าต่อจากระยะที่จะปิด", field="next_phase")
    if following.closed_at is not None:
        raise Problem("ระยะถัดไปปิดแล้ว เลือกระยะที่ยังเปิดอยู่", field="next_phase")
    return phase, following
