"""One function for each kind of measure of a manifest. What has no data is None, never 0.

The pages, the reports and ``samoe figures`` all count by these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, and_, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import Session

from samoe.casework.models import DataSubmission, Encounter, Enrolment, ScreeningDecision
from samoe.casework.screening.counting import Counts
from samoe.casework.screening.counting import count as judge_all
from samoe.db.table import TenantTable
from samoe.funding.batches.models import Payment
from samoe.programmes.benefits.queries import benefit as benefit_of
from samoe.programmes.groups.queries import GroupInPhase
from samoe.programmes.models import Benefit
from samoe.programmes.phases.queries import PhaseDays
from samoe.programmes.targets.queries import targets
from samoe.reporting.figures.then import as_known
from samoe.reporting.models import StockRollup
from samoe.sdk.criteria import answers_of
from samoe.sdk.measures import Measure
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import in_force
from samoe.tenancy import current

Value = int | str | None | dict[str, int]
BASIS = {"population": "population", "target_list": "target"}


@dataclass(frozen=True)
class Subject:
    """What is measured: a group in a phase.

    With ``as_of``, only what had happened by that day, and the decisions of a screening rather than today's criteria.
    With ``known`` beside it, as the system knew it at that moment; for those who see all of their tenant.
    """

    db: Session
    group: EnabledGroup
    phase: PhaseDays
    in_phase: GroupInPhase
    today: date
    as_of: date | None = None
    known: datetime | None = None

    @cached_property
    def cases(self) -> Any:
        """The enrolments, as known."""
        return self.read(Enrolment)

    @cached_property
    def payments(self) -> Any:
        """Payments, as known."""
        return self.read(Payment)

    @cached_property
    def judged(self) -> Counts | None:
        """What the criteria of the day say of everyone enrolled; None where nobody was asked anything."""
        day = self.as_of or self.today
        criteria = in_force(self.db, self.group.slug, day)
        if criteria is None or not asked(self, answers_of(criteria.tree)):
            return None
        return judge_all(
            self.db, self.group, self.phase, criteria.tree, criteria.settings, today=day,
            among=None if self.as_of is None else self.enrolled,
        )  # fmt: skip

    def read(self, table: type[TenantTable]) -> Any:
        """A table as it is now, or as it was known."""
        return table if self.known is None else as_known(table, self.known)

    @property
    def enrolled(self) -> ColumnElement[bool]:
        e = self.cases
        mine = and_(e.tenant_id == current().tenant_id, e.group_id == self.group.id, e.phase_id == self.phase.id)
        return mine if self.as_of is None else and_(mine, or_(e.happened_on.is_(None), e.happened_on <= self.as_of))

    @property
    def paid(self) -> ColumnElement[bool]:
        p = self.payments
        mine = and_(
            p.tenant_id == current().tenant_id, p.phase_id == self.phase.id, p.group_slug == self.group.slug,
            p.status == "paid",
        )  # fmt: skip
        return mine if self.as_of is None else and_(mine, p.paid_on <= self.as_of)


def measure(subject: Subject, wanted: Measure, by: str | None = None) -> Value:
    """The value of a measure, or of each district (4-digit code) where ``by`` is ``district``."""
    return _KINDS[wanted.kind](subject, wanted, by == "district")


def carried_in(subject: Subject) -> int:
    """How many of those enrolled were carried in from the phase before: they are in every count, and are not new."""
    e = subject.cases
    return subject.db.scalar(select(func.count()).where(subject.enrolled, e.carried_from_id.is_not(None))) or 0


def _or_none(number: int | None) -> int | None:
    return number or None


def _district(column: Any) -> ColumnElement[str]:
    return func.substr(column, 1, 4)


def _split(subject: Subject, query: Select[Any], column: Any, *, by: bool) -> Value:
    """The one number of a counting query, or one for each district; None or nothing where all are 0."""
    if not by:
        return _or_none(subject.db.scalar(query))
    place = _district(column)
    rows = subject.db.execute(query.add_columns(place).where(column.is_not(None)).group_by(place))
    return {code: number for number, code in rows if number} or None


def _enrolments(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    if wanted.source is not None and wanted.source != subject.in_phase.source:
        return None
    if subject.as_of is not None:
        counted = select(func.count()).select_from(subject.cases).where(subject.enrolled)
        return _split(subject, counted, subject.cases.event_area_code, by=by)
    r = StockRollup
    query = select(func.sum(r.n).cast(Integer)).where(
        r.tenant_id == current().tenant_id, r.phase_id == subject.phase.id, r.group_slug == subject.group.slug
    )
    if not by:
        return _or_none(subject.db.scalar(query))
    rows = subject.db.execute(query.add_columns(r.district_code).group_by(r.district_code))
    return {code: number for number, code in rows if code and number} or None


def _basis(subject: Subject, _wanted: Measure, _by: bool) -> Value:  # noqa: FBT001
    return BASIS[subject.in_phase.register]


def _decision(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    """How many the published criteria qualify, do not, or cannot decide; None where nobody was asked anything.

    As of a day: how many the screenings up to then decided so; where nobody was screened by then, what the criteria of
    that day say of those who were enrolled. What answers were known at another moment is not judged again.
    """
    if subject.as_of is not None:
        decided = _decided(subject, str(wanted.outcome), by=by)
        if decided is not None or subject.known is not None:
            return decided
    counts = subject.judged
    if counts is None:
        return None
    name = str(wanted.outcome)
    if not by:
        return int(getattr(counts.answers, name))
    return {code: getattr(found, name) for code, found in counts.by_district.items() if code}


def _decided(subject: Subject, outcome: str, *, by: bool) -> Value:
    """By the last decision of each for a day up to ``as_of``; what a rule said beside a resolution decides nothing."""
    d, e = ScreeningDecision, subject.cases
    decided = and_(d.tenant_id == current().tenant_id, d.decided_on <= subject.as_of, subject.enrolled)
    if subject.known is not None:
        decided = and_(decided, d.decided_at <= subject.known)
    last = (
        select(d.outcome, _district(e.event_area_code).label("place"))
        .join(e, and_(e.tenant_id == d.tenant_id, e.id == d.enrolment_id))
        .where(decided, or_(d.superseded_at.is_(None), d.superseded_at > d.decided_at, d.kind == "resolution"))
        .ext(distinct_on(d.enrolment_id))
        .order_by(d.enrolment_id, d.decided_on.desc(), d.decided_at.desc(), d.superseded_at.desc().nulls_first())
        .subquery()
    )
    rows = subject.db.execute(
        select(last.c.place, func.count().filter(last.c.outcome == outcome)).group_by(last.c.place)
    ).all()
    if not by:
        return sum(row[1] for row in rows) if rows else None
    return {row[0]: row[1] for row in rows if row[0]} or None


def asked(subject: Subject, fields: Any) -> bool:
    """Whether anybody has an answer to a field that a person can leave unanswered.

    A tick says no when it is blank, so a file without the columns of the criteria still must not look like answers.
    """
    asked = sorted(fields)
    if not asked:
        return True
    has = or_(*(subject.cases.answers.has_key(name) for name in asked))
    return subject.db.scalar(select(select(subject.cases.id).where(subject.enrolled, has).exists())) or False


def _of_benefit(subject: Subject, query: Select[Any], slug: str | None) -> Select[Any]:
    if slug is None:
        return query
    b, p = Benefit, subject.payments
    return query.join(b, and_(b.tenant_id == p.tenant_id, b.id == p.benefit_id)).where(b.slug == slug)


def _paid_people(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    subjects = func.count(
        func.distinct(func.coalesce(subject.payments.person_id, subject.payments.subject_institution_id))
    )
    query = _of_benefit(subject, select(subjects).select_from(subject.payments).where(subject.paid), wanted.benefit)
    return _split(subject, query, subject.payments.event_area_code, by=by)


def _paid_total(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    total = cast(func.sum(subject.payments.amount), BigInteger)
    query = _of_benefit(subject, select(total).select_from(subject.payments).where(subject.paid), wanted.benefit)
    return _split(subject, query, subject.payments.event_area_code, by=by)


def _benefit_amount(subject: Subject, wanted: Measure, _by: bool) -> Value:  # noqa: FBT001
    terms = benefit_of(subject.db, subject.phase.id, subject.group.slug, str(wanted.benefit))
    return terms.min_amount if terms is not None and terms.flat else None


def _distinct(
    name: str, fold: Callable[[Any], Any] = lambda column: column
) -> Callable[[Subject, Measure, bool], Value]:
    def count(subject: Subject, _wanted: Measure, _by: bool) -> Value:  # noqa: FBT001
        column = fold(getattr(subject.cases, name))
        return _or_none(subject.db.scalar(select(func.count(func.distinct(column))).where(subject.enrolled)))

    return count


def _answer_is(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    """None where the question was put to nobody; otherwise a true count, which may be 0."""
    name = str(wanted.field)
    asked = subject.cases.answers.has_key(name)
    if not subject.db.scalar(select(select(subject.cases.id).where(subject.enrolled, asked).exists())):
        return None
    # Containment is equality, and for a list of several choices, that this is one of them.
    same = subject.cases.answers[name].contains(cast(wanted.value, JSONB))
    query = select(func.count()).select_from(subject.cases).where(subject.enrolled, same)
    if not by:
        return int(subject.db.scalar(query) or 0)
    place = _district(subject.cases.event_area_code)
    rows = subject.db.execute(query.add_columns(place).group_by(place))
    return {code: number for number, code in rows if code}


_FOLDED: Mapping[str, Any] = {"sum": func.sum, "min": func.min, "max": func.max}


def _fold(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    """The sum, least or most of an answer, or of what each recipient was paid."""
    fold = _FOLDED[wanted.kind]
    if wanted.benefit is not None:
        subject_of = func.coalesce(subject.payments.person_id, subject.payments.subject_institution_id)
        each = _of_benefit(
            subject,
            select(func.sum(subject.payments.amount).label("amount")).select_from(subject.payments).where(subject.paid),
            wanted.benefit,
        ).group_by(subject_of).subquery()  # fmt: skip
        found = subject.db.scalar(select(fold(each.c.amount)))
        return None if found is None else int(found)
    value = subject.cases.answers[str(wanted.field)]
    query = select(cast(fold(value.astext.cast(BigInteger)), BigInteger)).where(subject.enrolled)
    return _split(subject, query, subject.cases.event_area_code, by=by)


def _submissions(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    """How many institutions' data are in a state; None where nobody keeps track of data here."""
    d = subject.read(DataSubmission)
    kept = and_(d.tenant_id == current().tenant_id, d.group_id == subject.group.id, d.phase_id == subject.phase.id)
    if not subject.db.scalar(select(select(d.id).where(kept).exists())):
        return None
    # Data that were certified are complete, too.
    states = ("complete", "certified") if wanted.state == "complete" else (wanted.state,)
    query = select(func.count()).select_from(d).where(kept, d.state.in_(states))
    if not by:
        return int(subject.db.scalar(query) or 0)
    place = _district(d.area_code)
    return {code: number for number, code in subject.db.execute(query.add_columns(place).group_by(place))}


def _surveyed(subject: Subject, _wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    """Those met: everyone in a survey; of a list, those whom a search found."""
    if subject.in_phase.source == "survey":
        return _enrolments(subject, Measure("enrolments"), by)
    found = [
        result.value
        for kind in subject.group.manifest.encounters
        for result in kind.results
        if result.stage is not None and "surveyed" in subject.group.manifest.stage(result.stage).on
    ]
    c, e = subject.cases, Encounter
    met = select(func.count(func.distinct(e.enrolment_id))).join(
        c, and_(c.tenant_id == e.tenant_id, c.id == e.enrolment_id)
    )
    if subject.as_of is not None:
        met = met.where(e.happened_on <= subject.as_of)
    if subject.known is not None:
        met = met.where(e.recorded_at <= subject.known)
    return _split(subject, met.where(subject.enrolled, e.outcome.in_(found)), c.event_area_code, by=by)


def _target(end: str) -> Callable[[Subject, Measure, bool], Value]:
    def target(subject: Subject, _wanted: Measure, by: bool) -> Value:  # noqa: FBT001
        set_out = targets(subject.db, subject.phase.id, subject.group.slug)
        if by:
            return {code: getattr(span, end) for code, span in set_out.by_district.items()} or None
        return None if set_out.total is None else int(getattr(set_out.total, end))

    return target


def _stage(subject: Subject, wanted: Measure, by: bool) -> Value:  # noqa: FBT001
    query = (
        select(func.count()).select_from(subject.cases).where(subject.enrolled, subject.cases.status == wanted.stage)
    )
    return _split(subject, query, subject.cases.event_area_code, by=by)


_KINDS: Mapping[str, Callable[[Subject, Measure, bool], Value]] = {
    "enrolments": _enrolments, "register_basis": _basis, "decision": _decision, "paid_people": _paid_people,
    "benefit_amount": _benefit_amount, "paid_total": _paid_total, "institutions": _distinct("institution_id"),
    "subdistricts": _distinct("event_area_code"), "districts": _distinct("event_area_code", _district),
    "answer_is": _answer_is, "sum": _fold, "min": _fold, "max": _fold, "submissions": _submissions,
    "surveyed": _surveyed, "target_min": _target("least"), "target_max": _target("most"), "stage": _stage,
}  # fmt: skip
