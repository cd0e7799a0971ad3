"""Criteria as data: a tree of clauses over a group's fields. Three answers: yes, no, not enough data."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "includes", "contains", "is_true", "is_false")
LISTED = ("in", "includes")
"""The operators that take a list of values."""
MONTHS = {"month": 1, "year": 12}
MOMENTS = ("phase_start", "phase_end", "today")
FURTHEST = {"months": 1200, "days": 36_500}
"""How far a rule may reach from a moment: a hundred years."""


@dataclass(frozen=True, slots=True)
class FromSetting:
    """A value that the province sets: the setting's slug."""

    slug: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that the phase or the calendar sets: ``phase_start``, ``phase_end`` or ``today``, moved by months and days.

    A month that is too short gives its last day.
    """

    at: str
    months: int = 0
    days: int = 0

    def day(self, anchor: date) -> date:
        """The day that is meant, seen from ``anchor``."""
        years, month = divmod(anchor.month - 1 + self.months, 12)
        year = anchor.year + years
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(anchor.day, last)) + timedelta(days=self.days)


Value = int | float | str | bool | tuple[int | float | str, ...] | FromSetting | Moment | None


@dataclass(frozen=True, slots=True)
class Compare:
    """One field against one value. ``per`` divides by a number field, ``every`` turns the period."""

    field: str
    op: str
    value: Value = None
    per: str | None = None
    every: str | None = None


@dataclass(frozen=True, slots=True)
class Age:
    """Full years of age at ``at``: one of ``MOMENTS`` or an ISO date."""

    at: str
    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class All:
    """Every clause must hold."""

    clauses: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one clause must hold."""

    clauses: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The clause must not hold."""

    clause: "Node"


@dataclass(frozen=True, slots=True)
class Known:
    """Not enough data, whatever else is true, unless each field is answered and each condition holds."""

    fields: tuple["str | Compare", ...]
    then: "Node"


Node = Compare | Age | All | Some | Not | Known


def leaves(node: Node) -> Iterator[Compare | Age]:
    """Every comparison of the tree, conditions of ``known`` included, in reading order."""
    if isinstance(node, All | Some):
        for clause in node.clauses:
            yield from leaves(clause)
    elif isinstance(node, Not):
        yield from leaves(node.clause)
    elif isinstance(node, Known):
        yield from (item for item in node.fields if isinstance(item, Compare))
        yield from leaves(node.then)
    else:
        yield node


def fields_of(node: Node) -> frozenset[str]:
    """The slugs of all fields that the tree looks at."""
    found = {leaf.field for leaf in leaves(node) if isinstance(leaf, Compare)}
    found |= {leaf.per for leaf in leaves(node) if isinstance(leaf, Compare) and leaf.per}
    return frozenset(found | set(_bare(node)))


def answers_of(node: Node) -> frozenset[str]:
    """The slugs of the answers that the tree reads: of a part of a result (``review.level``), the whole result."""
    return frozenset(slug.partition(".")[0] for slug in fields_of(node))


def _bare(node: Node) -> Iterator[str]:
    if isinstance(node, Known):
        yield from (item for item in node.fields if isinstance(item, str))
        yield from _bare(node.then)
    elif isinstance(node, All | Some):
        for clause in node.clauses:
            yield from _bare(clause)
    elif isinstance(node, Not):
        yield from _bare(node.clause)
