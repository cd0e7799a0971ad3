"""What a change of criteria does to those who are decided already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from samoe.casework.models import CertificationLine, Enrolment, ScreeningDecision, ScreeningRun
from samoe.casework.screening.judging import Judge, in_group
from samoe.casework.screening.queries import hurried
from samoe.programmes.models import Phase
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Turned:
    """How many would go from one outcome to another, and how many of them stand on a certified list."""

    before: str
    after: str
    number: int
    certified: int


@dataclass(frozen=True, slots=True)
class Effect:
    """``decided`` by the rule, ``excepted`` by resolution (those stay), and who of the decided would change."""

    decided: int
    excepted: int
    turned: Sequence[Turned]

    @property
    def changed(self) -> int:
        return sum(one.number for one in self.turned)

    @property
    def certified(self) -> int:
        """Those on a certified list who would no longer qualify."""
        return sum(one.certified for one in self.turned if one.before == "qualifies")


def screened(db: Session, group: EnabledGroup) -> bool:
    """Whether the group was screened in a phase that is still open: from then on criteria change by resolution."""
    r, p = ScreeningRun, Phase
    found = (
        select(r.id)
        .join(p, and_(p.tenant_id == r.tenant_id, p.id == r.phase_id))
        .where(r.tenant_id == current().tenant_id, r.group_id == group.id, p.closed_at.is_(None))
    )
    return db.scalar(found.limit(1)) is not None


def effect(db: Session, group: EnabledGroup, phase: PhaseDays, criteria: Criteria, today: date) -> Effect:
    """What screening under ``criteria`` would do to the decisions in force. Raises ``TooLong``."""
    e, d, line = Enrolment, ScreeningDecision, CertificationLine
    judge = Judge.of(group, phase, criteria.tree, criteria.settings, today)
    judged = judge.judged(
        e.id, e.decision.label("before"), judge.outcome().label("after"), of=and_(
            in_group(group.id, phase.id), e.decision.is_not(None)
        ),
    )  # fmt: skip
    j = judged.c
    certified = exists().where(
        line.tenant_id == current().tenant_id, line.enrolment_id == j.id, line.voided_at.is_(None)
    )
    by_resolution = exists().where(
        d.tenant_id == current().tenant_id, d.enrolment_id == j.id, d.superseded_at.is_(None), d.kind == "resolution"
    )
    rows = hurried(
        db,
        select(
            j.before, j.after, by_resolution.label("excepted"), func.count(), func.count().filter(certified),
        ).group_by(j.before, j.after, "excepted"),
    )  # fmt: skip
    return Effect(
        decided=sum(row[3] for row in rows if not row.excepted), excepted=sum(row[3] for row in rows if row.excepted),
        turned=sorted(
            (
                Turned(row.before, row.after, row[3], row[4])
                for row in rows if not row.excepted and row.before != row.after
            ),
            key=lambda one: -one.number,
        ),
    )  # fmt: skip
