"""Giving the fund the numbers of today."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from samoe import audit
from samoe.casework.screening.queries import TooLong
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.groups.queries import group_in_phase
from samoe.programmes.models import Release, ReleasedIndicator, ReleasedReference
from samoe.reporting.figures import phase_shown
from samoe.reporting.figures.measuring import Subject
from samoe.reporting.releases.evaluating import by_reference, evaluate, in_money
from samoe.reporting.releases.steadying import given_before, lines_before, steady
from samoe.targetgroups import references
from samoe.targetgroups.contracts import Contract, answered, contracts
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.references import Reference
from samoe.tenancy import current


def release(db: Session, actor: Actor, today: date) -> UUID | None:
    """Evaluate every group of the phase and give the numbers; None where the province has no phase yet.

    Only who sees the whole province may: a part of it would be given as if it were all.
    """
    require(actor, Permission.REPORT_ISSUE)
    if not current().whole:
        raise Problem("ตัวเลขที่ส่งต้องเป็นของทั้งจังหวัด ให้ผู้ที่ดูแลทั้งจังหวัดและทุกกลุ่มเป็นผู้ส่ง")
    phase = phase_shown(db, today)
    if phase is None:
        return None
    row = Release(phase_id=phase.id, as_of=today, released_by=actor.membership_id)
    db.add(row)
    db.flush()
    groups, known = enabled(db), contracts(db)
    mine = {group.slug: group.manifest for group in groups}
    rules = references.counted_under(db, mine, references.in_force(db, today), known)
    try:
        for group in groups:
            in_phase = group_in_phase(db, phase.id, group.slug)
            if in_phase is not None:
                _give(Subject(db, group, phase, in_phase, today), row.id, known, rules.get(group.slug))
    except TooLong as fault:
        raise Problem("ข้อมูลมาก นับไม่เสร็จในเวลาที่กำหนด ลองส่งอีกครั้ง ระบบจะส่งเองในรอบถัดไปด้วย") from fault
    audit.record(db, actor, "released", "release", row.id, as_of=today.isoformat())
    return row.id


def _give(subject: Subject, release_id: UUID, known: dict[str, Contract], rule: Reference | None) -> None:
    group = {"group_slug": subject.group.slug, "group_version": subject.group.manifest.version}
    for one in answered(subject.group.manifest, known):
        found = steady(one.kind, evaluate(subject, one), given_before(subject, one))
        subject.db.add(ReleasedIndicator(
            release_id=release_id, contract=one.contract, **group, indicator=one.slug, kind=one.kind,
            state=found.state, in_baht=in_money(subject, one), numerator=found.numerator,
            denominator=found.denominator,
        ))  # fmt: skip
    if rule is not None:
        subject.db.add(ReleasedReference(
            release_id=release_id, reference_number=rule.number, reference_slug=rule.group_slug, **group,
            **by_reference(subject, rule, lines_before(subject)),
        ))  # fmt: skip
    subject.db.flush()
