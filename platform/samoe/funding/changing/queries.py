"""Budget lines and entitlements, seen from criteria that are about to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment, ScreeningDecision
from samoe.casework.screening.judging import Judge, in_group
from samoe.casework.screening.queries import hurried
from samoe.funding.entitlements.models import Entitlement
from samoe.funding.requests.queries import budget
from samoe.programmes.benefits.queries import benefits
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Against:
    """One benefit with a flat amount: what it costs a head, and what of its budget nobody is entitled to yet.

    ``left`` is None where the fund has granted nothing for it in the phase.
    """

    slug: str
    each: int
    left: int | None


@dataclass(frozen=True, slots=True)
class Holding:
    """Those entitled, live, who would no longer qualify: how many, and for how much."""

    people: int
    amount: int


def against(db: Session, group: EnabledGroup, phase: PhaseDays) -> Sequence[Against]:
    """Every benefit of the group whose amount is the same for everybody."""
    lines = [line for line in budget(db, phase_id=phase.id) if line.group_slug == group.slug]
    left: dict[str, int] = {}
    for line in lines:
        left[line.benefit_slug] = left.get(line.benefit_slug, 0) + line.available
    terms = [one for one in benefits(db, phase.id, group.slug) if one.flat]
    return [Against(one.slug, one.min_amount, left.get(one.slug)) for one in terms]


def holding(db: Session, group: EnabledGroup, phase: PhaseDays, criteria: Criteria, today: date) -> Holding:
    """Who is entitled now and would not qualify under ``criteria``; exceptions stand. Raises ``TooLong``."""
    judge, t, d = Judge.of(group, phase, criteria.tree, criteria.settings, today), Entitlement, ScreeningDecision
    by_resolution = exists().where(
        d.tenant_id == current().tenant_id, d.enrolment_id == Enrolment.id, d.superseded_at.is_(None),
        d.kind == "resolution",
    )  # fmt: skip
    judged = judge.judged(
        Enrolment.id, judge.answer().label("answer"),
        of=and_(in_group(group.id, phase.id), Enrolment.decision == "qualifies", ~by_resolution),
    )  # fmt: skip
    j = judged.c
    (row,) = hurried(
        db,
        select(func.count(func.distinct(t.enrolment_id)), func.coalesce(func.sum(t.amount), 0))
        .select_from(judged)
        .join(t, and_(t.tenant_id == current().tenant_id, t.enrolment_id == j.id))
        .where(t.phase_id == phase.id, t.ended_on.is_(None), j.answer.is_not(True)),
    )
    return Holding(row[0], int(row[1]))
