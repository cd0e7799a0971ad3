"""Deciding: a whole group under the published criteria, or one person by resolution of a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, cast, column, false, func, or_, select, table, text, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.enrolments.cases import to_change
from samoe.casework.models import Enrolment, ScreeningDecision, ScreeningRun
from samoe.casework.path.gates import ready
from samoe.casework.path.moves import arrival, arrived, happened
from samoe.casework.screening.judging import Judge, in_group
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.models import Resolution
from samoe.programmes.phases.queries import PhaseDays
from samoe.sdk import Manifest
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria, in_force
from samoe.targetgroups.stages import JUDGED
from samoe.targetgroups.stages import judged as stage_after
from samoe.tenancy import current

_MAKE = text("""
    create temporary table judged (enrolment_id uuid, outcome text, inputs jsonb, clauses jsonb, kept boolean,
        exempt boolean, area_bit bigint, group_bit bigint, institution_id uuid, worker_id uuid) on commit drop
""")
# A decision by resolution stands; what the rule says beside it needs one receipt a version and data, like any other.
_EXEMPT = text("""
    update judged j set kept = true
     where j.exempt and exists (select 1 from screening_decisions d
                                 where d.tenant_id = :tenant and d.enrolment_id = j.enrolment_id and d.kind = 'rule'
                                   and d.rule_version_id = :version and d.outcome = j.outcome and d.inputs = j.inputs)
""")
_SUPERSEDE = text("""
    update screening_decisions d set superseded_at = now() from judged j
     where d.tenant_id = :tenant and d.enrolment_id = j.enrolment_id and d.superseded_at is null
       and not j.kept and not j.exempt
""")
_RECEIPTS = text("""
    insert into screening_decisions (tenant_id, id, enrolment_id, run_id, rule_version_id, kind, outcome, inputs,
        clauses, decided_by, decided_on, superseded_at, area_bit, group_bit, institution_id, worker_id)
    select :tenant, gen_random_uuid(), j.enrolment_id, :run, :version, 'rule', j.outcome, j.inputs, j.clauses,
           cast(:by as uuid), :today, case when j.exempt then now() end, j.area_bit, j.group_bit, j.institution_id,
           j.worker_id
      from judged j where not j.kept
""")
_COUNT = text("""
    select count(*) filter (where outcome = 'qualifies') as qualifies, count(*) filter (where outcome = 'does_not')
           as does_not, count(*) filter (where outcome = 'unknown') as unknown from judged
""")


def screen(db: Session, actor: Actor, group: EnabledGroup, phase: PhaseDays, *, today: date) -> ScreeningRun:
    """Decide for everyone of a group in a phase under the criteria in force, with a receipt each.

    A decision by resolution stays in force; what the rule says of that person is kept beside it. Repeating a
    screening adds receipts only where the version or the data changed.
    """
    require(actor, Permission.SCREEN_RUN)
    one_at_a_time(db, group)
    criteria = in_force(db, group.slug, today)
    if criteria is None:
        raise Problem("กลุ่มเป้าหมายนี้ยังไม่มีเกณฑ์ที่ประกาศใช้ ประกาศเกณฑ์ก่อนคัดกรอง")
    if phase.closed_at is not None:
        raise Conflict("ระยะนี้ปิดแล้ว คัดกรองในระยะที่เปิดอยู่")
    _refuse_unresolved(db, group, phase, criteria)
    run = ScreeningRun(
        group_id=group.id, phase_id=phase.id, rule_version_id=criteria.id, state="running",
        run_by=actor.membership_id,
    )  # fmt: skip
    db.add(run)
    db.flush()
    judge = Judge.of(group, phase, criteria.tree, criteria.settings, today)
    _judge_all(db, judge, group, phase, criteria.id)
    bound = {"tenant": current().tenant_id, "version": criteria.id, "run": run.id, "by": actor.membership_id}
    bound["today"] = today
    for statement in (_EXEMPT, _SUPERSEDE, _RECEIPTS):
        db.execute(statement, bound)
    _decide(db, group.manifest, today)
    counted = db.execute(_COUNT).one()
    run.qualifies, run.does_not, run.unknown = counted
    run.state, run.finished_at = "done", func.now()
    db.flush()
    db.refresh(run)
    audit.record(
        db, actor, "screened", "target_group", group.slug, run=str(run.id), version=criteria.number,
        qualifies=run.qualifies, does_not=run.does_not, unknown=run.unknown,
    )  # fmt: skip
    return run


def except_by_resolution(
    db: Session, actor: Actor, enrolment_id: UUID, *, outcome: str, resolution_id: UUID, reason: str, today: date
) -> UUID:
    """Decide for one person by resolution of a meeting (มติยกเว้นเกณฑ์). The data are not touched."""
    require(actor, Permission.SCREEN_OVERRIDE)
    if outcome not in ("qualifies", "does_not"):
        raise Problem("เลือกว่าให้ผ่านหรือไม่ผ่านเกณฑ์", field="outcome")
    if len(reason.strip()) < 5:
        raise Problem("บอกเหตุผลของมติยกเว้นเกณฑ์ อย่างน้อย 5 ตัวอักษร", field="reason")
    if db.get(Resolution, (current().tenant_id, resolution_id)) is None:
        raise NotFound("ไม่พบมตินี้ เลือกมติจากรายการ")
    found = to_change(db, enrolment_id)
    before = db.scalars(
        select(ScreeningDecision).where(
            ScreeningDecision.tenant_id == current().tenant_id, ScreeningDecision.enrolment_id == enrolment_id,
            ScreeningDecision.superseded_at.is_(None),
        )
    ).one_or_none()  # fmt: skip
    if before is not None:
        db.execute(
            update(ScreeningDecision)
            .where(ScreeningDecision.tenant_id == current().tenant_id, ScreeningDecision.id == before.id)
            .values(superseded_at=func.now())
            .execution_options(synchronize_session="fetch")
        )
    made = ScreeningDecision(
        **found.columns(),
        kind="resolution",
        outcome=outcome,
        resolution_id=resolution_id,
        reason=reason.strip(),
        rule_version_id=before.rule_version_id if before else None,
        inputs=before.inputs if before else {"answers": dict(found.enrolment.answers)},
        decided_by=actor.membership_id,
        decided_on=today,
    )
    db.add(made)
    found.enrolment.decision = outcome
    db.flush()
    event = "excepted" if outcome == "qualifies" else outcome
    happened(db, found.manifest, event, which=Enrolment.id == enrolment_id, on=today)
    audit.record(db, actor, "excepted", "enrolment", enrolment_id, reason=reason.strip(), outcome=outcome)
    return made.id


def _refuse_unresolved(db: Session, group: EnabledGroup, phase: PhaseDays, criteria: Criteria) -> None:
    """Criteria that came after the first screening of a phase judge it by resolution only, also where they were
    published while it was closed."""
    r = ScreeningRun
    first = db.scalar(
        select(func.min(r.recorded_at)).where(
            r.tenant_id == current().tenant_id, r.group_id == group.id, r.phase_id == phase.id
        )
    )
    if first and criteria.resolution_id is None and criteria.published_at and criteria.published_at > first:
        raise Problem(
            "เกณฑ์ฉบับที่ %(n)s ประกาศใช้หลังคัดกรองระยะนี้ครั้งแรกโดยไม่มีมติ จึงใช้คัดกรองระยะนี้ไม่ได้ ประกาศเกณฑ์อีกฉบับพร้อมมติก่อน",
            n=criteria.number,
        )  # fmt: skip


def _judge_all(db: Session, judge: Judge, group: EnabledGroup, phase: PhaseDays, version_id: UUID) -> None:
    """Judge everyone into a table of this transaction, beside the decision in force.

    ``kept``: the rule said the same before, under the same version and of the same data. ``exempt``: a resolution
    is in force.
    """
    e, f = Enrolment, ScreeningDecision
    judged = judge.judged(
        e.id.label("enrolment_id"), judge.outcome().label("outcome"), judge.inputs().label("inputs"),
        judge.clauses().label("clauses"), e.area_bit, e.group_bit, e.institution_id, e.worker_id,
        of=in_group(group.id, phase.id),
    )  # fmt: skip
    j = judged.c
    same = and_(f.kind == "rule", f.rule_version_id == version_id, f.outcome == j.outcome, f.inputs == j.inputs)
    rows = select(
        *j, func.coalesce(same, False).label("kept"), func.coalesce(f.kind == "resolution", False).label("exempt")
    ).outerjoin_from(
        judged, f,
        and_(f.tenant_id == current().tenant_id, f.enrolment_id == j.enrolment_id, f.superseded_at.is_(None)),
    )  # fmt: skip
    names = [part.name for part in rows.selected_columns]
    db.execute(text("drop table if exists pg_temp.judged"))
    db.execute(_MAKE)
    db.execute(table("judged", *map(column, names)).insert().from_select(names, rows))
    db.execute(text("create index on judged (enrolment_id)"))
    db.execute(text("analyze judged"))


def _decide(db: Session, manifest: Manifest, today: date) -> None:
    """Keep each decision, and the stage it leads to, in one pass over the enrolments."""
    e = Enrolment
    judged = table("judged", *map(column, ("enrolment_id", "outcome", "exempt")))
    j = judged.c
    moves = [(outcome, move) for outcome in JUDGED if (move := stage_after(manifest, outcome)) and move.sources]
    leads = [
        (and_(j.outcome == outcome, e.status.in_(move.sources), ready(move.to)), move.to) for outcome, move in moves
    ]
    moving = or_(false(), *(condition for condition, _ in leads))
    planned = {stage.slug: stage for _, stage in leads} if any(kind.after for kind in manifest.encounters) else {}
    arriving = {
        slug: db.scalars(select(e.id).join(judged, j.enrolment_id == e.id).where(
            e.tenant_id == current().tenant_id, j.exempt.is_(False), *[c for c, to in leads if to.slug == slug]
        )).all()
        for slug in planned
    }  # fmt: skip
    columns: dict[str, Any] = {"decision": j.outcome, "updated_at": func.now()}
    for name in ("status", "status_on", "closed_on", "closed_reason") if leads else ():
        whens = [(condition, cast(arrival(to, today, outcome)[name], getattr(e, name).type))
                 for (condition, to), (outcome, _) in zip(leads, moves, strict=True)]  # fmt: skip
        columns[name] = case(*whens, else_=getattr(e, name))
    db.execute(
        update(e)
        .where(
            e.tenant_id == current().tenant_id, e.id == j.enrolment_id, j.exempt.is_(False),
            or_(e.decision.is_distinct_from(j.outcome), moving),
        )
        .values(columns)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    db.expire_all()
    for slug, ids in arriving.items():
        arrived(db, manifest, planned[slug], ids, today)


def one_at_a_time(db: Session, group: EnabledGroup) -> None:
    """Two screenings of one group at once would judge on top of each other; so would criteria that change meanwhile."""
    got = db.scalar(select(func.pg_try_advisory_xact_lock(func.hashtext(f"screen:{group.id}"), current().tenant_id)))
    if not got:
        raise Conflict("มีผู้กำลังคัดกรองกลุ่มนี้อยู่ รอสักครู่แล้วเปิดหน้านี้ใหม่")
