"""The one expression that judges a whole group, from the criteria's own compiler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, and_, case, func, select
from sqlalchemy.dialects.postgresql import JSONB

from samoe.casework.models import Enrolment
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.models import Person
from samoe.sdk import Age, All, Known, Moment, Node
from samoe.sdk.criteria import answers_of, leaves
from samoe.targetgroups.criteria import Circumstances, expression
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current

MOST_ARGUMENTS = 100


@dataclass(frozen=True)
class Judge:
    """A rule under its circumstances, as SQL over ``enrolments`` (and ``persons`` where it asks for an age)."""

    tree: Node
    under: Circumstances

    @classmethod
    def of(cls, group: EnabledGroup, phase: PhaseDays, tree: Node, settings: Mapping[str, Any], today: date) -> Judge:
        return cls(tree, judged_under(group.manifest, phase, settings, today))

    @property
    def asks_age(self) -> bool:
        return any(isinstance(leaf, Age) for leaf in leaves(self.tree))

    def answer(self, node: Node | None = None) -> ColumnElement[bool]:
        """TRUE, FALSE or NULL for the rule, or for a part of it."""
        born = Person.birth_date if self.asks_age else None
        return expression(node or self.tree, self.under, Enrolment.answers, born)

    def outcome(self) -> ColumnElement[str]:
        """The answer by its name."""
        return case({True: "qualifies", False: "does_not"}, value=self.answer(), else_="unknown")

    def inputs(self) -> ColumnElement[Any]:
        """Everything that the rule read, as JSON: enough to judge again without the database."""
        read = [part for slug in sorted(answers_of(self.tree)) for part in (slug, Enrolment.answers[slug])]
        parts: list[Any] = ["answers", _built(func.jsonb_build_object, read)]
        if self.asks_age:
            parts += ["birth_date", Person.birth_date]
        days = {leaf.at for leaf in leaves(self.tree) if isinstance(leaf, Age)}
        days |= {leaf.value.at for leaf in leaves(self.tree) if isinstance(leaf.value, Moment)}
        if days:
            parts += ["today", self.under.today, "phase_start", self.under.phase_start]
        if "phase_end" in days:
            parts += ["phase_end", self.under.phase_end]
        return func.jsonb_strip_nulls(func.jsonb_build_object(*parts), type_=JSONB)

    def clauses(self) -> ColumnElement[Any]:
        """What each comparison said, in reading order."""
        return _built(func.jsonb_build_array, [self.answer(leaf) for leaf in leaves(self.tree)])

    def judged(self, *columns: Any, of: ColumnElement[bool]) -> CTE:
        """The enrolments that ``of`` selects, with these columns, computed once."""
        rows = select(*columns).select_from(Enrolment)
        if self.asks_age:
            rows = rows.outerjoin(
                Person, and_(Person.tenant_id == Enrolment.tenant_id, Person.id == Enrolment.person_id)
            )
        return rows.where(of).cte("judged").prefix_with("MATERIALIZED")


def _built(build: Callable[..., Any], parts: Sequence[Any]) -> ColumnElement[Any]:
    """JSON of any number of parts; a function of the database takes no more than a hundred."""
    pieces = [build(*parts[at : at + MOST_ARGUMENTS], type_=JSONB) for at in range(0, len(parts), MOST_ARGUMENTS)]
    return reduce(lambda one, more: one.op("||", return_type=JSONB())(more), pieces) if pieces else build(type_=JSONB)


def in_group(group_id: UUID, phase_id: UUID) -> ColumnElement[bool]:
    """The enrolments that a screening of a group looks at: all of its phase."""
    return and_(
        Enrolment.tenant_id == current().tenant_id, Enrolment.group_id == group_id, Enrolment.phase_id == phase_id
    )


def main_clauses(tree: Node) -> tuple[Node, ...]:
    """The clauses that must all hold: what a person reads as the rule's numbered points."""
    if isinstance(tree, Known):
        return main_clauses(tree.then)
    return tree.clauses if isinstance(tree, All) else (tree,)
