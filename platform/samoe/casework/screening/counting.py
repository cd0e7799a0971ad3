"""How many would qualify under a rule, before anything is decided: one statement over everyone of a group.

Reading answers is what costs: each is read once a person. People of whom every comparison says the same are then
counted together, and what the rule, its clauses, the version before and a missing answer would say is put together of
the comparisons, for each such kind of people and not for each person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    true,
    type_coerce,
)  # fmt: skip
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.casework.screening.judging import Judge, in_group, main_clauses
from samoe.casework.screening.queries import Answers, hurried
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.models import Person
from samoe.sdk import Age, All, Compare, Known, Node, Not, Some
from samoe.sdk.criteria import fields_of, leaves
from samoe.targetgroups.criteria import Circumstances, over, reading
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current

BORN = "birth_date"
FEW = 5
"""Examples of those just in and just out."""
NOTHING: ColumnElement[bool] = cast(null(), Boolean)
Said = Callable[[Compare | Age], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Attrition:
    """What one main clause does by itself: how many it leaves out, and for how many it cannot be said."""

    clause: Node
    removes: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Settling:
    """A question (or the birth date) whose answer alone, whatever it is, would settle how many of the unknown."""

    slug: str
    settles: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A rule over a whole group: in all, by district, by clause, and against the published version.

    ``just_in`` and ``just_out`` are the enrolments of a few of those whom the change would let in or out.
    """

    answers: Answers
    by_district: Mapping[str | None, Answers]
    clauses: Sequence[Attrition]
    settling: Sequence[Settling]
    published: Answers | None = None
    newly_in: int = 0
    newly_out: int = 0
    just_in: Sequence[UUID] = ()
    just_out: Sequence[UUID] = ()


def count(
    db: Session,
    group: EnabledGroup,
    phase: PhaseDays,
    tree: Node,
    settings: Mapping[str, Any],
    *,
    today: date,
    against: Criteria | None = None,
    among: ColumnElement[bool] | None = None,
) -> Counts:
    """Qualify, do not, unknown, in one statement, of all or ``among`` some.

    Raises ``TooLong`` instead of holding the page up.
    """
    under = judged_under(group.manifest, phase, settings, today)
    rule, before = _resolved(tree, under), None
    if against is not None:
        before = _resolved(against.tree, judged_under(group.manifest, phase, against.settings, today))
    clauses, asked = main_clauses(rule), _asked(rule)
    of = in_group(group.id, phase.id) if among is None else and_(in_group(group.id, phase.id), among)
    table = _Table(Judge(All((rule, before)) if before else rule, under), asked, of)
    table.alike()
    c = table.columns
    answer, was = table.rule(rule), NOTHING if before is None else table.rule(before)
    newly_in, newly_out = and_(answer, was.is_not(True)), and_(was, answer.is_not(True))
    some = [] if before is None else [*_few(c.few, newly_in), *_few(c.few, newly_out)]
    counted: list[ColumnElement[bool]] = [
        answer, answer.is_(False), answer.is_(None), was, was.is_(False), was.is_(None), newly_in, newly_out,
        *(table.rule(clause).is_(False) for clause in clauses), *(table.rule(clause).is_(None) for clause in clauses),
        *(and_(answer.is_(None), table.settled(rule, slug)) for slug in asked),
    ]  # fmt: skip
    numbers = (func.coalesce(func.sum(c.n).filter(one), 0) for one in counted)
    query = select(c.district, *some, *numbers).group_by(c.district)
    rows = hurried(db, query, everyone=True)
    shift = 1 + len(some)
    sums = [int(sum(row[shift + place] for row in rows)) for place in range(len(counted))]
    by_clause, by_question = sums[8 : 8 + 2 * len(clauses)], sums[8 + 2 * len(clauses) :]
    settling = [Settling(slug, n) for slug, n in zip(asked, by_question, strict=True) if n]
    return Counts(
        answers=Answers(*sums[:3]), by_district={row[0]: Answers(*map(int, row[shift : shift + 3])) for row in rows},
        clauses=[
            Attrition(clause, by_clause[index], by_clause[len(clauses) + index])
            for index, clause in enumerate(main_clauses(tree))
        ],
        settling=sorted(settling, key=lambda one: -one.settles),
        published=None if before is None else Answers(*sums[3:6]),
        newly_in=0 if before is None else sums[6], newly_out=0 if before is None else sums[7],
        just_in=_spread(rows, 1) if some else (), just_out=_spread(rows, 1 + FEW) if some else (),
    )  # fmt: skip


def settled_by(
    db: Session, group: EnabledGroup, phase: PhaseDays, criteria: Criteria, slug: str, *, today: date, limit: int = 100
) -> list[UUID]:
    """The enrolments that an answer to one question alone would settle. Raises ``TooLong``."""
    under = judged_under(group.manifest, phase, criteria.settings, today)
    rule = _resolved(criteria.tree, under)
    if slug not in (asked := _asked(rule)):
        return []
    table = _Table(Judge(rule, under), asked, in_group(group.id, phase.id))
    which = and_(table.rule(rule).is_(None), table.settled(rule, slug))
    query = select(table.columns.id).where(which).order_by(table.columns.id).limit(limit)
    return [row[0] for row in hurried(db, query)]


class _Table:
    """Everyone judged: a column for each comparison and for each question, made of answers that are read once."""

    def __init__(self, judge: Judge, asked: Sequence[str], of: ColumnElement[bool]) -> None:
        parts = list(dict.fromkeys(leaves(judge.tree)))
        slugs = sorted(fields_of(judge.tree))
        self.leaves = {leaf: f"leaf_{n}" for n, leaf in enumerate(parts)}
        self.known = {slug: f"known_{n}" for n, slug in enumerate(sorted({*slugs, *asked}))}
        # Enrolments alone, so that the database reads the answers where the rows are, several at a time: joined first,
        # the whole documents travelled.
        read = (
            select(
                Enrolment.id, Enrolment.person_id, func.substr(Enrolment.area_code, 1, 4).label("district"),
                *(reading(slug, judge.under, Enrolment.answers).label(f"answer_{n}") for n, slug in enumerate(slugs)),
            )
            .where(of).cte("read").prefix_with("MATERIALIZED")
        )  # fmt: skip
        answers = {slug: read.c[f"answer_{n}"] for n, slug in enumerate(slugs)}
        day = Person.birth_date if judge.asks_age else None
        heads = {leaf.per for leaf in parts if isinstance(leaf, Compare) and leaf.per}

        def known(slug: str) -> ColumnElement[bool]:
            if slug == BORN:
                return Person.birth_date.is_not(None)
            # An amount is divided by it: with nothing to divide by, it is as good as not answered.
            return (answers[slug] > 0).is_(True) if slug in heads else answers[slug].is_not(None)

        people = select(
            read.c.id, read.c.district,
            *(over(leaf, judge.under, answers, day).label(name) for leaf, name in self.leaves.items()),
            *(known(slug).label(name) for slug, name in self.known.items()),
        )  # fmt: skip
        if judge.asks_age:
            of_person = and_(Person.tenant_id == current().tenant_id, Person.id == read.c.person_id)
            people = people.outerjoin_from(read, Person, of_person)
        self.people = people.subquery("people")
        self.columns = self.people.c

    def alike(self) -> None:
        """From here on, one row for all of whom the same is said, with their number and the ids of a few."""
        same = [one for one in self.people.c if one.name != "id"]
        few = type_coerce(func.array_agg(self.people.c.id), ARRAY(Uuid()))[1:FEW]
        self.columns = select(*same, func.count().label("n"), few.label("few")).group_by(*same).subquery("alike").c

    def said(self, leaf: Compare | Age) -> ColumnElement[bool]:
        return self.columns[self.leaves[leaf]]

    def has(self, slug: str) -> ColumnElement[bool]:
        return self.columns[self.known[slug]]

    def rule(self, node: Node, said: Said | None = None, given: str = "") -> ColumnElement[bool]:
        """The answer of a rule, put together of its comparisons; ``given`` is a question taken as answered."""
        say = said or self.said
        if isinstance(node, All):
            return and_(*(self.rule(clause, said, given) for clause in node.clauses))
        if isinstance(node, Some):
            return or_(*(self.rule(clause, said, given) for clause in node.clauses))
        if isinstance(node, Not):
            return not_(self.rule(node.clause, said, given))
        if isinstance(node, Known):
            needs = [self._need(item, given) for item in node.fields]
            return case((and_(*needs), self.rule(node.then, said, given)), else_=NOTHING)
        return say(node)

    def settled(self, rule: Node, slug: str) -> ColumnElement[bool]:
        """Whether the question is open and its answer would decide, be every comparison with it true or false."""

        def taken(as_: ColumnElement[bool]) -> Said:
            def say(leaf: Compare | Age) -> ColumnElement[bool]:
                reads = _reads(leaf)
                if slug not in reads:
                    return self.said(leaf)
                others = [self.has(one) for one in reads if one != slug]
                return case((and_(true(), *others), as_), else_=NOTHING)

            return say

        ways = (self.rule(rule, taken(one), slug).is_not(None) for one in (literal(True), literal(False)))
        return and_(not_(self.has(slug)), *ways)

    def _need(self, item: str | Compare, given: str) -> ColumnElement[bool]:
        if isinstance(item, Compare):
            return true() if item.field == given else self.said(item).is_(True)
        return true() if item == given else self.has(item)


def _reads(leaf: Compare | Age) -> tuple[str, ...]:
    if isinstance(leaf, Age):
        return (BORN,)
    return (leaf.field, leaf.per) if leaf.per else (leaf.field,)


def _asked(rule: Node) -> tuple[str, ...]:
    """The questions that a rule reads, in reading order."""
    compared = [slug for leaf in leaves(rule) for slug in _reads(leaf)]
    return tuple(dict.fromkeys([*compared, *sorted(fields_of(rule))]))


def _resolved(node: Node, under: Circumstances) -> Node:
    """The rule with every value written out, so that rules of two versions can be put together of one table."""
    if isinstance(node, All | Some):
        return type(node)(tuple(_resolved(clause, under) for clause in node.clauses))
    if isinstance(node, Not):
        return Not(_resolved(node.clause, under))
    if isinstance(node, Known):
        fields = tuple(
            item if isinstance(item, str) else replace(item, value=under.value(item.value)) for item in node.fields
        )
        return Known(fields, _resolved(node.then, under))
    return replace(node, value=under.value(node.value))


def _few(ids: Any, which: ColumnElement[bool]) -> list[Any]:
    """A few of the ids that rows hold as arrays: the first of each row, the second, and so on."""
    turns = (func.array_agg(ids[n]).filter(and_(which, ids[n].is_not(None))) for n in range(1, FEW + 1))
    return [type_coerce(turn, ARRAY(Uuid()))[1:FEW] for turn in turns]


def _spread(rows: Sequence[Any], first: int) -> list[UUID]:
    """A few of all, one district after the other."""
    by_district = [[one for turn in row[first : first + FEW] for one in turn or ()] for row in rows]
    turns = [found[turn] for turn in range(FEW) for found in by_district if turn < len(found)]
    return turns[:FEW]
