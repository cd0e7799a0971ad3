"""What was decided, and why one person does or does not qualify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import Case
from samoe.casework.models import Enrolment, ScreeningDecision, ScreeningRun
from samoe.casework.screening.judging import in_group
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.models import Resolution
from samoe.registry.models import Person
from samoe.sdk import read_tree
from samoe.targetgroups.criteria import Circumstances, Trace, walk
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.models import RuleVersion
from samoe.targetgroups.rule_versions import Criteria, in_force
from samoe.tenancy import current

DAYS = ("birth_date", "today", "phase_start", "phase_end")
PATIENCE = "1500ms"
"""A count that takes longer is given up: the page says so and keeps what it showed."""


class TooLong(RuntimeError):
    """The count was given up."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Three answers that add up to everyone."""

    qualifies: int
    does_not: int
    unknown: int

    @property
    def total(self) -> int:
        return self.qualifies + self.does_not + self.unknown

    def __add__(self, other: Answers) -> Answers:
        return Answers(self.qualifies + other.qualifies, self.does_not + other.does_not, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A decision as it was given: under which version, what was read, and what came of it."""

    id: UUID
    kind: str
    outcome: str
    decided_at: Any
    superseded_at: Any
    version: int | None
    inputs: Mapping[str, Any]
    clauses: Sequence[bool | None] | None
    reason: str | None
    body: str | None
    meeting_no: str | None
    held_on: date | None


def receipts(db: Session, enrolment_id: UUID) -> list[Receipt]:
    """Every decision on an enrolment, the one in force first."""
    d, v, r = ScreeningDecision, RuleVersion, Resolution
    rows = db.execute(
        select(
            d.id, d.kind, d.outcome, d.decided_at, d.superseded_at, v.number, d.inputs, d.clauses, d.reason, r.body,
            r.meeting_no, r.held_on,
        )
        .outerjoin(v, (v.tenant_id == d.tenant_id) & (v.id == d.rule_version_id))
        .outerjoin(r, (r.tenant_id == d.tenant_id) & (r.id == d.resolution_id))
        .where(d.tenant_id == current().tenant_id, d.enrolment_id == enrolment_id)
        .order_by(d.superseded_at.desc().nulls_first(), d.decided_at.desc())
    )  # fmt: skip
    return [Receipt(*row) for row in rows]


def explain_in_force(db: Session, case: Case, *, today: date) -> tuple[Criteria, Circumstances, Trace] | None:
    """Clause by clause, what the criteria in force say of one enrolment; None where the group has none."""
    criteria = in_force(db, case.group.slug, today)
    return None if criteria is None else (criteria, *explain(db, case, criteria, today=today))


def explain(db: Session, case: Case, criteria: Criteria, *, today: date) -> tuple[Circumstances, Trace]:
    """Clause by clause, what one version says of one enrolment."""
    under = judged_under(case.manifest, case.phase, criteria.settings, today)
    person_id = case.enrolment.person_id
    born = db.scalar(
        select(Person.birth_date).where(Person.tenant_id == current().tenant_id, Person.id == person_id)
    ) if person_id else None  # fmt: skip
    return under, walk(criteria.tree, under, case.enrolment.answers, born)


def replay(db: Session, group: EnabledGroup, decision: ScreeningDecision) -> Trace:
    """Judge again from the receipt alone: the same version and the same inputs must give the same answer."""
    version = db.get_one(RuleVersion, (current().tenant_id, decision.rule_version_id))
    inputs = decision.inputs
    days = {key: date.fromisoformat(inputs[key]) for key in DAYS if key in inputs}
    under = Circumstances(
        group.manifest, days.get("today", decision.decided_at.date()), days.get("phase_start"), version.settings,
        days.get("phase_end"),
    )  # fmt: skip
    return walk(read_tree(version.rule), under, inputs.get("answers", {}), days.get("birth_date"))


def runs(db: Session, group_id: UUID, phase_id: UUID) -> list[ScreeningRun]:
    """Every screening of a group in a phase, the latest first."""
    r = ScreeningRun
    return list(
        db.scalars(
            select(r)
            .where(r.tenant_id == current().tenant_id, r.group_id == group_id, r.phase_id == phase_id)
            .order_by(r.recorded_at.desc())
        )
    )


def decided(db: Session, group_id: UUID, phase_id: UUID) -> tuple[dict[str | None, Answers], int]:
    """The decisions in force by district, and how many are not screened yet."""
    e = Enrolment
    district = func.substr(e.area_code, 1, 4).label("district")
    rows = db.execute(
        select(district, e.decision, func.count()).where(in_group(group_id, phase_id)).group_by(district, e.decision)
    )
    found: dict[str | None, dict[str, int]] = {}
    waiting = 0
    for district, decision, number in rows:
        if decision is None:
            waiting += number
        else:
            found.setdefault(district, {})[decision] = number
    return {
        district: Answers(by.get("qualifies", 0), by.get("does_not", 0), by.get("unknown", 0))
        for district, by in found.items()
    }, waiting


def outdated(db: Session, group_id: UUID, phase_id: UUID, version_id: UUID) -> int:
    """How many decisions in force were made by the rule under another version: they must be screened again."""
    e, d = Enrolment, ScreeningDecision
    return db.scalar(
        select(func.count())
        .select_from(d)
        .join(e, and_(e.tenant_id == d.tenant_id, e.id == d.enrolment_id))
        .where(
            d.tenant_id == current().tenant_id, d.superseded_at.is_(None), d.kind == "rule",
            d.rule_version_id != version_id, in_group(group_id, phase_id),
        )
    ) or 0  # fmt: skip


def hurried(db: Session, query: Any, *, everyone: bool = False) -> Sequence[Any]:
    """The rows of a query that nobody waits long for; ``TooLong`` where they do not come.

    ``everyone``: it reads a whole group. Behind the policies the planner expects few, and would look up each.
    """
    try:
        with db.begin_nested():
            db.execute(text(f"set local statement_timeout = '{PATIENCE}'"))
            if everyone:
                db.execute(text("set local enable_nestloop = off"))
            rows = db.execute(query).all()
            db.execute(text("set local enable_nestloop = on"))
            db.execute(text("set local statement_timeout = 0"))
    except OperationalError as fault:
        if "statement timeout" in str(fault.orig):
            raise TooLong from fault
        raise
    return rows
