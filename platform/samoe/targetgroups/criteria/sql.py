"""A rule as one SQL expression over an answers column: TRUE, FALSE, or NULL where data are missing.

``walk`` says the same in Python; a test with made-up rules and answers holds the two equal. An answer of the wrong
JSON type counts as missing in both, so that one bad value cannot fail the count of a province.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Numeric,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB, array

from samoe.sdk import Age, All, Compare, Field, Known, Node, Not, Some
from samoe.sdk.criteria import MONTHS
from samoe.targetgroups.criteria.circumstances import Circumstances, place
from samoe.targetgroups.criteria.partial_dates import partly

ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PARTIAL_DATE = "^[0-9]{4}(-[0-9]{2}){0,2}$"
LISTS = ("choices", "repeat")
TABLES = ("scale", "gps")
NUMBERS = ("number", "money", "percent", "count")
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
UNKNOWN: ColumnElement[bool] = cast(null(), Boolean)


def expression(node: Node, under: Circumstances, answers: Any, birth_date: Any | None = None) -> ColumnElement[bool]:
    """The rule over ``answers`` (a jsonb column) and ``birth_date`` (a date column; None: ages are unknown)."""
    return Compiler(under, answers, birth_date).node(node)


class Compiler:
    """Puts a rule into SQL; how an answer is had is for ``typed`` to say."""

    def __init__(self, under: Circumstances, answers: Any, birth_date: Any | None) -> None:
        self.under = under
        self.answers = type_coerce(answers, JSONB)
        self.birth_date = birth_date

    def node(self, node: Node) -> ColumnElement[bool]:
        if isinstance(node, All):
            return and_(*(self.node(clause) for clause in node.clauses))
        if isinstance(node, Some):
            return or_(*(self.node(clause) for clause in node.clauses))
        if isinstance(node, Not):
            return not_(self.node(node.clause))
        if isinstance(node, Known):
            known = and_(*(self.known(item) for item in node.fields))
            return case((known, self.node(node.then)), else_=UNKNOWN)
        return self.age(node) if isinstance(node, Age) else self.compare(node)

    def known(self, item: str | Compare) -> ColumnElement[bool]:
        if isinstance(item, Compare):
            return self.compare(item).is_(True)
        return self.typed(self.under.manifest.field(item)).is_not(None)

    def typed(self, field: Field) -> ColumnElement[Any]:
        """The answer in its own type; NULL when absent or of another JSON type."""
        slug, part = place(field.slug)
        answer = self.answers[slug][part] if part else self.answers[slug]
        kind = func.jsonb_typeof(answer)
        if field.kind in NUMBERS:
            return case((kind == "number", cast(answer.astext, Numeric)))
        if field.kind == "flag":
            return case((kind == "boolean", cast(answer.astext, Boolean)))
        if field.kind == "date":
            iso = answer.astext.op("~")(PARTIAL_DATE if field.partial else ISO_DATE)
            return case((and_(kind == "string", iso), answer.astext)).collate("C")
        if field.kind in LISTS:
            return case((kind == "array", answer))
        if field.kind in TABLES:
            return case((kind == "object", answer.astext))
        return case((kind == "string", answer.astext))

    def compare(self, leaf: Compare) -> ColumnElement[bool]:
        field = self.under.manifest.field(leaf.field)
        answer = self.typed(field)
        if leaf.op in ("is_true", "is_false"):
            return answer if leaf.op == "is_true" else not_(answer)
        value = self.under.value(leaf.value)
        if value is None:
            return UNKNOWN
        if leaf.op == "includes":
            return _as_bool(type_coerce(answer, JSONB).has_any(array([literal(str(item)) for item in value])))
        if field.kind == "area":
            return self.within(answer, value)
        if leaf.op == "in":
            return answer.in_([_bound(field, item) for item in value])
        if leaf.op == "contains":
            return func.strpos(answer, value) > 0
        if field.partial:
            return self.partly(leaf.op, answer, value)
        if field.kind not in NUMBERS:
            return _as_bool(COMPARE[leaf.op](answer, value))
        return self.number(leaf, field, answer, value)

    def within(self, answer: Any, codes: Any) -> ColumnElement[bool]:
        """Whether an area lies in one of those; unknown where it is known less closely than they are."""
        inside = or_(*(func.starts_with(answer, code) for code in codes))
        around = or_(*(func.starts_with(literal(code), answer) for code in codes))
        return case((answer.is_(None), UNKNOWN), (inside, true()), (around, UNKNOWN), else_=false())

    def partly(self, op: str, answer: Any, value: Any) -> ColumnElement[bool]:
        """A date known in part, as ``partly`` of the walk says."""
        first = answer + func.substr("-01-01", func.length(answer) - 3)
        last = answer + func.substr("-12-31", func.length(answer) - 3)
        holds, fails = partly(op, first.collate("C"), last.collate("C"), value)
        return case((holds, true()), (fails, false()), else_=UNKNOWN)

    def number(self, leaf: Compare, field: Field, answer: Any, value: Any) -> ColumnElement[bool]:
        limit = _bound(field, value)
        if leaf.every and field.period:
            answer = answer * literal(Decimal(MONTHS[leaf.every]), Numeric)
            limit = limit * literal(Decimal(MONTHS[field.period]), Numeric)
        if leaf.per is None:
            return _as_bool(COMPARE[leaf.op](answer, limit))
        heads = self.typed(self.under.manifest.field(leaf.per))
        return case((heads > literal(Decimal(0), Numeric), COMPARE[leaf.op](answer, limit * heads)), else_=UNKNOWN)

    def age(self, leaf: Age) -> ColumnElement[bool]:
        day, value = self.under.moment(leaf.at), self.under.value(leaf.value)
        if day is None or value is None or self.birth_date is None:
            return UNKNOWN
        born = func.to_char(self.birth_date, "YYYYMMDD")
        years = func.floor(
            (literal(day.year * 10000 + day.month * 100 + day.day, Integer) - cast(born, Integer))
            / literal(Decimal(10000), Numeric)
        )
        if leaf.op == "in":
            return years.in_([literal(Decimal(item), Numeric) for item in value])
        return _as_bool(COMPARE[leaf.op](years, literal(Decimal(value), Numeric)))


def _bound(field: Field, value: Any) -> Any:
    return literal(Decimal(str(value)), Numeric) if field.kind in NUMBERS else literal(value)


def _as_bool(expression: Any) -> ColumnElement[bool]:
    return type_coerce(expression, Boolean)
