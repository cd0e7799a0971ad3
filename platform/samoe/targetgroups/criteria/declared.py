"""What the questions of a group leave possible: the bounds and options of answers, and who is asked at all.

Answers from before a question was narrowed may lie outside; whoever answers now cannot.
"""

from __future__ import annotations

from fractions import Fraction

from samoe.kit.be_date import OLDEST
from samoe.sdk import Age, All, Compare, Field, Known, Node, Not, Some
from samoe.targetgroups.criteria.circumstances import Circumstances, place
from samoe.targetgroups.criteria.ranges import Numbers, Range, Values, Words, meet
from samoe.targetgroups.criteria.sql import NUMBERS
from samoe.targetgroups.criteria.ways import Way, comparison, number_of

BORN = "birth_date"
WHOLE = ("count", "money")


class Declared:
    """The values that are left by the questions themselves."""

    def __init__(self, under: Circumstances) -> None:
        self.under = under
        self.fields = {field.slug: field for field in under.manifest.measured}
        today = number_of(under.today)
        lives = Range(low=today - 10_000 * (OLDEST + 1) + 1, high=today)
        self._known: dict[str, Values | None] = {BORN: Numbers((lives,), whole=True)}

    def values(self, name: str) -> Values | None:
        """What an answer may be, or an amount per head; None where nothing is said of it."""
        if name not in self._known:
            field, _, heads = name.partition(" per ")
            self._known[name] = _per_head(self.fields[field], self.fields[heads]) if heads else _own(self.fields[field])
        return self._known[name]

    def allows(self, way: Way) -> bool:
        """Whether answers as they are asked for may go this way."""
        if any(self._left(name, values) is None for name, values in way.items()):
            return False
        named = {place(slug)[0] for name in way if name != BORN for slug in name.split(" per ")}
        conditions = (self.fields[slug].shown_when for slug in named)
        return all(condition is None or self._said(condition, way) is not False for condition in conditions)

    def _left(self, name: str, values: Values) -> Values | None:
        own = self.values(name)
        return values if own is None else meet(own, values)

    def _said(self, node: Node, way: Way) -> bool | None:
        """What a condition says of everybody who goes this way; None where it is not the same of all, or not known."""
        if isinstance(node, All | Some):
            decisive = isinstance(node, Some)
            found = [self._said(clause, way) for clause in node.clauses]
            return decisive if decisive in found else None if None in found else not decisive
        if isinstance(node, Not):
            said = self._said(node.clause, way)
            return None if said is None else not said
        if isinstance(node, Known):
            known = all(
                self._said(item, way) is True if isinstance(item, Compare) else item in way for item in node.fields
            )
            return self._said(node.then, way) if known else None
        return None if isinstance(node, Age) else self._compared(node, way)

    def _compared(self, leaf: Compare, way: Way) -> bool | None:
        # Of a date or a place known in part only, a comparison may be neither.
        field = self.fields[leaf.field]
        if leaf.per or field.partial or field.kind == "area" or leaf.field not in way:
            return None
        mine = self._left(leaf.field, way[leaf.field])
        for answer in (True, False):
            others = comparison(leaf, self.under, holds=not answer)
            if others is None or (mine and meet(mine, others.get(leaf.field, mine)) is None):
                return answer
        return None


def _own(field: Field) -> Values | None:
    # What is calculated nobody types: it may come to anything.
    if field.calculate is not None:
        return None
    if field.kind == "choice":
        return Words(named=frozenset(str(option.value) for option in field.options))
    least, most = field.limits
    if field.kind not in NUMBERS:
        return None
    return Numbers((Range(_exact(least), _exact(most)),), whole=field.kind in WHOLE)


def _per_head(field: Field, heads: Field) -> Values | None:
    """An amount divided by a number above zero: nothing below zero comes of what is not, and no more than there is."""
    least, most = field.limits
    if field.calculate is not None or least is None or least < 0:
        return None
    fewest = max(heads.limits[0] or 0, 1) if heads.kind == "count" and heads.calculate is None else None
    return Numbers((Range(Fraction(0), Fraction(most, fewest) if most is not None and fewest else None),))


def _exact(limit: int | None) -> Fraction | None:
    return None if limit is None else Fraction(limit)
