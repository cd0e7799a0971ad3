"""A rule taken apart into the ways in which it can hold, or fail: for each a set of values for everything it looks at.

A way that leaves no value is none. Ages all speak of the day of birth. What cannot be told so (a value the province has
not set, an area) is not looked at: there are more ways than people, never fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from samoe.sdk import Age, All, Compare, Field, Known, Node, Not, Some
from samoe.sdk.criteria import MONTHS
from samoe.targetgroups.criteria.circumstances import Circumstances
from samoe.targetgroups.criteria.ranges import EVERY_NUMBER, Flags, Numbers, Range, Values, Words, meet
from samoe.targetgroups.criteria.sql import NUMBERS

Way = Mapping[str, Values]
"""One way for a rule to hold: the values that are left, by what they are values of."""
MOST_WAYS = 256
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class TooMany(Exception):
    """More ways than anybody wants to go through."""


def ways(node: Node, under: Circumstances, *, holds: bool) -> list[Way]:
    """Every way for ``node`` to hold (or to fail) for certain."""
    if isinstance(node, Not):
        return ways(node.clause, under, holds=not holds)
    if isinstance(node, All | Some):
        parts = [ways(clause, under, holds=holds) for clause in node.clauses]
        return _together(parts) if isinstance(node, All) == holds else [way for part in parts for way in part]
    if isinstance(node, Known):
        asked = [_known(item, under) for item in node.fields]
        return _together([*asked, ways(node.then, under, holds=holds)])
    found = _age(node, under, holds=holds) if isinstance(node, Age) else comparison(node, under, holds=holds)
    return [] if found is None else [found]


def _known(item: str | Compare, under: Circumstances) -> list[Way]:
    if isinstance(item, Compare):
        return ways(item, under, holds=True)
    return [{item: anything(under.manifest.field(item))}]


def _together(parts: list[list[Way]]) -> list[Way]:
    met: list[Way] = [{}]
    for part in parts:
        met = [both for one in met for other in part if (both := _both(one, other)) is not None]
        if len(met) > MOST_WAYS:
            raise TooMany
    return met


def _both(one: Way, other: Way) -> Way | None:
    both = dict(one)
    for name, values in other.items():
        left = meet(both[name], values) if name in both else values
        if left is None:
            return None
        both[name] = left
    return both


def comparison(leaf: Compare, under: Circumstances, *, holds: bool) -> Way | None:
    """The values with which one comparison holds or fails; None where there are none."""
    field, value = under.manifest.field(leaf.field), under.value(leaf.value)
    if leaf.op in ("is_true", "is_false"):
        return {leaf.field: Flags(frozenset({(leaf.op == "is_true") == holds}))}
    if value is None:
        return {}
    if field.kind in NUMBERS:
        return _number(leaf, field.period, value, holds=holds)
    if field.kind == "date":
        # A date known in part holds where each of its days does, and so its first.
        return {leaf.field: Numbers.where(_op(leaf.op, holds=holds), _day(value), whole=True)}
    if field.kind in ("text", "choice") and leaf.op != "includes":
        return {leaf.field: _words(leaf.op, value, holds=holds)}
    return {leaf.field: anything(field)}


def anything(field: Field) -> Values:
    """Every answer there may be: what is known of a question that is only known to be answered."""
    if field.kind in NUMBERS:
        return EVERY_NUMBER
    if field.kind == "date":
        return Numbers((Range(),), whole=True)
    return Flags(frozenset({True, False})) if field.kind == "flag" else Words()


def _number(leaf: Compare, period: str | None, value: Any, *, holds: bool) -> Way | None:
    if leaf.op == "in":
        values = tuple(Fraction(str(one)) for one in value)
        among = Numbers.among(values) if holds else EVERY_NUMBER.without(values)
        return None if among is None else {leaf.field: among}
    limit = Fraction(str(value))
    if leaf.every and period:
        limit = limit * MONTHS[period] / MONTHS[leaf.every]
    left = Numbers.where(_op(leaf.op, holds=holds), limit)
    if leaf.per is None:
        return {leaf.field: left}
    heads = Numbers((Range(low=Fraction(0), low_open=True),))
    return {f"{leaf.field} per {leaf.per}": left, leaf.per: heads}


def _words(op: str, value: Any, *, holds: bool) -> Words:
    if op == "contains":
        return Words(having=frozenset({value})) if holds else Words(lacking=frozenset({value}))
    named = frozenset(value) if op == "in" else frozenset({value})
    return Words(named=named) if (op != "!=") == holds else Words(left_out=named)


def _age(leaf: Age, under: Circumstances, *, holds: bool) -> Way | None:
    """An age on a day, as the days of birth (written year, month, day in one number) that it leaves."""
    day, value = under.moment(leaf.at), under.value(leaf.value)
    if day is None or value is None:
        return {}
    if leaf.op == "in":
        ages = [Numbers.where("=" if holds else "!=", Fraction(one), whole=True) for one in value]
        born = [_born(age, day) for age in ages]
        if holds:
            return {"birth_date": Numbers(tuple(r for one in born for r in one.ranges), whole=True)}
        left: Numbers | None = Numbers((Range(),), whole=True)
        for one in born:
            left = left.meet(one) if left else None
        return None if left is None else {"birth_date": left}
    return {"birth_date": _born(Numbers.where(_op(leaf.op, holds=holds), Fraction(value), whole=True), day)}


def _born(ages: Numbers, day: date) -> Numbers:
    """Whoever is n on a day was born more than n + 1 years before it, and n years or longer."""
    on = number_of(day)
    turned = tuple(
        Range(
            None if one.high is None else on - 10_000 * (one.high + 1) + 1,
            None if one.low is None else on - 10_000 * one.low,
        )
        for one in ages.ranges
    )  # fmt: skip
    return Numbers(turned, whole=True)


def _op(op: str, *, holds: bool) -> str:
    return op if holds else OPPOSITE[op]


def _day(iso: str) -> Fraction:
    return Fraction(iso.replace("-", ""))


def number_of(day: date) -> Fraction:
    return Fraction(day.year * 10_000 + day.month * 100 + day.day)
