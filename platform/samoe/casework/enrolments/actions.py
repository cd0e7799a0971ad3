"""Putting people and institutions into target groups, and keeping their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.attachments.actions import attached, follow
from samoe.casework.enrolments.answers import checked
from samoe.casework.enrolments.cases import to_change
from samoe.casework.enrolments.hooks import go_together
from samoe.casework.models import Assignment, Enrolment, Transfer
from samoe.db.one_row import one_row
from samoe.db.table import new_id
from samoe.identity import Actor, Permission, require
from samoe.identity.models import Membership
from samoe.kit import clock
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.groups.queries import GroupInPhase, group_in_phase
from samoe.programmes.phases.queries import PhaseDays, hold_open
from samoe.registry.claims.jobs import look_later
from samoe.registry.institutions import queries as institutions
from samoe.registry.persons import actions as persons
from samoe.registry.persons.facts import PersonFacts
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.settling import settled
from samoe.targetgroups.stages import start
from samoe.tenancy import current
from samoe.tenancy.models import area_bit

ALREADY = "มีรายการนี้ในกลุ่มเป้าหมายของระยะนี้แล้ว ค้นหาแล้วเปิดรายการเดิม"
NOT_YOURS = "พื้นที่นี้อยู่นอกพื้นที่ที่คุณดูแล ขอให้ผู้รับผิดชอบโครงการของจังหวัดย้ายให้"


def enrol(
    db: Session,
    actor: Actor,
    group: EnabledGroup,
    phase: PhaseDays,
    *,
    person_id: UUID | None = None,
    subject_institution_id: UUID | None = None,
    area_code: str | None = None,
    institution_id: UUID | None = None,
    worker_id: UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    happened_on: date | None = None,
    import_batch_id: UUID | None = None,
    enrolment_id: UUID | None = None,
) -> UUID:
    """Put a person, or an institution, into a group for a phase; the id of the enrolment, which is ``enrolment_id``
    where files were kept for it already.

    They stand at the group's first stage, or after it where the phase's file of the group is a survey.
    """
    require(actor, Permission.CASE_WRITE)
    plan = planned(db, phase, group)
    hold_open(db, phase.id)
    on = happened_on or phase.starts_on
    kept = settled(group.manifest, checked(group.manifest, answers or {}))
    if kept:
        go_together(db, group, phase, person_id, kept, clock.today())
    made = Enrolment(
        id=enrolment_id or new_id(), group_id=group.id, phase_id=phase.id, person_id=person_id,
        subject_institution_id=subject_institution_id, register=plan.register,
        status=start(group.manifest, surveyed=plan.source == "survey"), status_on=on, area_code=area_code,
        event_area_code=area_code, answers=kept,
        manifest_version=group.manifest.version, happened_on=on, import_batch_id=import_batch_id,
        area_bit=area_bit(area_code), group_bit=group.mask,
        institution_id=institution_id or subject_institution_id, worker_id=worker_id or _own(actor),
    )  # fmt: skip
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        raise Problem(ALREADY) from None
    follow(db, made.id, {}, attached(group.manifest, kept))
    audit.record(db, actor, "enrolled", "enrolment", made.id, group=group.slug)
    return made.id


def enrol_new_person(
    db: Session,
    actor: Actor,
    group: EnabledGroup,
    phase: PhaseDays,
    facts: PersonFacts,
    *,
    identifier: str = "",
    institution_id: UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    happened_on: date | None = None,
    enrolment_id: UUID | None = None,
) -> tuple[UUID, UUID]:
    """Write down a person who is not known yet and enrol them at once; (person, enrolment)."""
    if not actor.area_mask & area_bit(facts.area_code):
        raise Problem(NOT_YOURS, field="area_code")
    person_id = persons.add_person(db, actor, facts)
    enrolment_id = enrol(
        db, actor, group, phase, person_id=person_id, area_code=facts.area_code, institution_id=institution_id,
        answers=answers, happened_on=happened_on, enrolment_id=enrolment_id,
    )  # fmt: skip
    if identifier:
        persons.add_identifier(db, actor, person_id, identifier)
    elif not actor.scope.whole:
        look_later(db, actor, person_id)
    if institution_id:
        persons.place(db, actor, person_id, institution_id, from_on=happened_on or phase.starts_on)
    return person_id, enrolment_id


def change_answers(
    db: Session, actor: Actor, enrolment_id: UUID, row_version: int, answers: Mapping[str, Any]
) -> list[str]:
    """Keep new answers, as seen in ``row_version``; the fields that changed. Others stay as they are.

    A value of None takes the answer away. A certified line of the enrolment is void from now on; the decision in
    force stands until the next screening.
    """
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    before = dict(found.enrolment.answers)
    after = {**before, **checked(found.manifest, answers)}
    for slug in (slug for slug, value in answers.items() if value is None):
        after.pop(slug, None)
    after = settled(found.manifest, after)
    changed = sorted(slug for slug in {*before, *after} if before.get(slug) != after.get(slug))
    if changed:
        go_together(db, found.group, found.phase, found.enrolment.person_id, after, clock.today())
        one_row(
            db.execute(
                update(Enrolment)
                .where(
                    Enrolment.tenant_id == current().tenant_id, Enrolment.id == enrolment_id,
                    Enrolment.row_version == row_version,
                )
                .values(
                    answers=after, manifest_version=found.manifest.version, row_version=row_version + 1,
                    updated_at=func.now(),
                )
                .execution_options(synchronize_session=False)
            )
        )  # fmt: skip
        db.expire(found.enrolment)
        follow(db, enrolment_id, attached(found.manifest, before), attached(found.manifest, after))
        audit.record(db, actor, "answered", "enrolment", enrolment_id, fields=changed)
    return changed


def transfer(
    db: Session, actor: Actor, enrolment_id: UUID, *, to_area_code: str, happened_on: date, reason: str
) -> None:
    """Hand the care of an enrolment to another area. Where it happened (``event_area_code``) stays.

    Whoever cares for one area only cannot hand out of it or take into it: the database refuses, and so does this.
    """
    require(actor, Permission.CASE_WRITE)
    if not reason.strip():
        raise Problem("บอกเหตุผลที่ย้ายพื้นที่ดูแล", field="reason")
    if not actor.area_mask & area_bit(to_area_code):
        raise Problem(NOT_YOURS, field="to_area_code")
    found = to_change(db, enrolment_id)
    origin = found.enrolment.area_code
    if origin == to_area_code:
        raise Problem("อยู่ในพื้นที่นี้แล้ว เลือกพื้นที่อื่น", field="to_area_code")
    found.enrolment.area_code, found.enrolment.area_bit = to_area_code, area_bit(to_area_code)
    found.enrolment.worker_id = None
    db.flush()
    db.add(
        Transfer(
            **found.columns(),
            from_area_code=origin,
            to_area_code=to_area_code,
            happened_on=happened_on,
            reason=reason.strip(),
            made_by=actor.membership_id,
        )
    )
    _close_assignments(db, [enrolment_id], happened_on)
    audit.record(db, actor, "transferred", "enrolment", enrolment_id, origin=origin, to=to_area_code)


def move_institution(db: Session, actor: Actor, enrolment_id: UUID, institution_id: UUID, *, on: date) -> None:
    """Say that the person of an enrolment is now in another institution; the stay before ends that day."""
    require(actor, Permission.CASE_WRITE)
    found = to_change(db, enrolment_id)
    if found.enrolment.person_id is None:
        raise Problem("รายการนี้เป็นของหน่วยงาน ไม่ใช่ของบุคคล")
    institutions.get(db, institution_id)
    if actor.institution_ids is not None and institution_id not in actor.institution_ids:
        raise Problem("หน่วยงานนี้อยู่นอกหน่วยงานที่คุณดูแล ขอให้เจ้าหน้าที่จังหวัดย้ายให้", field="institution_id")
    persons.place(db, actor, found.enrolment.person_id, institution_id, from_on=on)
    found.enrolment.institution_id = institution_id
    db.flush()
    audit.record(db, actor, "moved", "enrolment", enrolment_id, institution=str(institution_id))


def assign(db: Session, actor: Actor, enrolment_ids: Collection[UUID], worker_id: UUID, *, on: date) -> int:
    """Give cases to a worker; how many of them changed hands. ``NotFound`` if one is out of reach."""
    require(actor, Permission.CASE_WRITE)
    if actor.own_caseload and worker_id != actor.membership_id:
        raise Problem("ผู้ดูแลรายกรณีมอบงานต่อเองไม่ได้ ขอให้ผู้ประสานงานมอบให้", field="worker_id")
    if not _is_member(db, worker_id):
        raise Problem("เลือกผู้ดูแลจากสมาชิกของจังหวัด", field="worker_id")
    ids = list(enrolment_ids)
    rows = db.scalars(
        select(Enrolment)
        .where(Enrolment.tenant_id == current().tenant_id, Enrolment.id.in_(ids))
        .order_by(Enrolment.id)
        .with_for_update(key_share=True)
    ).all()
    if len(rows) != len(set(ids)):
        raise NotFound
    changing = [row for row in rows if row.worker_id != worker_id]
    _close_assignments(db, [row.id for row in changing], on)
    for row in changing:
        row.worker_id = worker_id
    db.flush()
    if changing:
        values = [
            {
                "tenant_id": row.tenant_id, "id": new_id(), "enrolment_id": row.id, "area_bit": row.area_bit,
                "group_bit": row.group_bit, "institution_id": row.institution_id, "worker_id": row.worker_id,
                "given_to_id": worker_id, "from_on": on, "assigned_by": actor.membership_id,
            }
            for row in changing
        ]  # fmt: skip
        db.execute(insert(Assignment), values)
        audit.record(db, actor, "assigned", "enrolment", None, count=len(changing), worker=str(worker_id))
    return len(changing)


def planned(db: Session, phase: PhaseDays, group: EnabledGroup) -> GroupInPhase:
    """What a group is in a phase; ``NotFound`` when the phase does not work with the group."""
    found = group_in_phase(db, phase.id, group.slug)
    if found is None:
        raise NotFound("ระยะนี้ยังไม่ได้กำหนดกลุ่มเป้าหมายนี้ กำหนดในหน้าโครงการก่อน")
    return found


def _is_member(db: Session, membership_id: UUID) -> bool:
    return bool(
        db.scalar(
            select(Membership.id).where(
                Membership.tenant_id == current().tenant_id, Membership.id == membership_id,
                Membership.disabled_at.is_(None),
            )
        )
    )  # fmt: skip


def _own(actor: Actor) -> UUID | None:
    return actor.membership_id if actor.own_caseload else None


def _close_assignments(db: Session, ids: Collection[UUID], on: date) -> None:
    db.execute(
        update(Assignment)
        .where(
            Assignment.tenant_id == current().tenant_id, Assignment.enrolment_id.in_(list(ids)),
            Assignment.to_on.is_(None),
        )
        .values(to_on=on)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
