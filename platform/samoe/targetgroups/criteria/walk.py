"""A rule walked for one person, with a trace that says what each clause saw and answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from samoe.sdk import Age, All, Compare, Field, Known, Node, Not, Some, bounds, write_tree
from samoe.sdk.criteria import MONTHS
from samoe.targetgroups.criteria.circumstances import Circumstances, outcome, place
from samoe.targetgroups.criteria.partial_dates import partly
from samoe.targetgroups.criteria.sql import COMPARE, LISTS, NUMBERS, TABLES

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Trace:
    """One clause: its answer (None: not enough data), what it saw, which fields it missed, and its parts."""

    clause: Node
    answer: bool | None
    observed: tuple[tuple[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Trace, ...] = ()

    @property
    def outcome(self) -> str:
        return outcome(self.answer)

    def all_missing(self) -> tuple[str, ...]:
        """Every field whose absence left this clause undecided, once each, in reading order."""
        if self.answer is not None:
            return ()
        found = dict.fromkeys(self.missing)
        for part in self.parts:
            found.update(dict.fromkeys(part.all_missing()))
        return tuple(found)

    def write(self) -> dict[str, Any]:
        """The trace as JSON, for a decision's receipt."""
        return {
            "clause": write_tree(self.clause),
            "outcome": self.outcome,
            "observed": dict(self.observed),
            "missing": list(self.missing),
            "parts": [part.write() for part in self.parts],
        }


def walk(node: Node, under: Circumstances, answers: Mapping[str, Any], birth_date: date | None = None) -> Trace:
    """The answer of every clause for one person's ``answers``."""
    if isinstance(node, All | Some):
        parts = tuple(walk(clause, under, answers, birth_date) for clause in node.clauses)
        return Trace(node, _joined(node, parts), parts=parts)
    if isinstance(node, Not):
        part = walk(node.clause, under, answers, birth_date)
        return Trace(node, None if part.answer is None else not part.answer, parts=(part,))
    if isinstance(node, Known):
        missing = tuple(_slug(item) for item in node.fields if not _known(item, under, answers))
        part = walk(node.then, under, answers, birth_date)
        return Trace(node, None if missing else part.answer, missing=missing, parts=(part,))
    if isinstance(node, Age):
        return _age(node, under, birth_date)
    return _compare(node, under, answers)


def _joined(node: All | Some, parts: tuple[Trace, ...]) -> bool | None:
    found = [part.answer for part in parts]
    decisive = isinstance(node, Some)
    if decisive in found:
        return decisive
    return None if None in found else not decisive


def _slug(item: str | Compare) -> str:
    return item if isinstance(item, str) else item.field


def _known(item: str | Compare, under: Circumstances, answers: Mapping[str, Any]) -> bool:
    if isinstance(item, Compare):
        return _compare(item, under, answers).answer is True
    return typed(under.manifest.field(item), answers) is not None


def typed(field: Field, answers: Mapping[str, Any]) -> Any:
    """The answer in its own type; None when absent or of another type."""
    slug, part = place(field.slug)
    value = answers.get(slug)
    if part:
        value = value.get(part) if isinstance(value, dict) else None
    if field.kind in NUMBERS:
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    if field.kind == "flag":
        return value if isinstance(value, bool) else None
    if field.kind in TABLES:
        return value if isinstance(value, dict) else None
    if field.kind in LISTS:
        return value if isinstance(value, list) else None
    if not isinstance(value, str):
        return None
    if field.kind == "date" and not (PARTIAL_DATE if field.partial else ISO_DATE).fullmatch(value):
        return None
    return value


def _compare(leaf: Compare, under: Circumstances, answers: Mapping[str, Any]) -> Trace:
    field = under.manifest.field(leaf.field)
    answer, value = typed(field, answers), under.value(leaf.value)
    seen = [(leaf.field, answer)]
    missing = [leaf.field] if answer is None else []
    heads = None
    if leaf.per:
        heads = typed(under.manifest.field(leaf.per), answers)
        seen.append((leaf.per, heads))
        if heads is None or heads <= 0:
            missing.append(leaf.per)
    unset = value is None and leaf.op not in ("is_true", "is_false")
    found = None if missing or unset else _judge(leaf, field, answer, value, heads)
    if found is None and not missing and not unset:
        # Answered, but not closely enough: a date without its day, a district where a subdistrict is asked for.
        missing.append(leaf.field)
    return Trace(leaf, found, tuple(seen), tuple(missing))


def _judge(leaf: Compare, field: Field, answer: Any, value: Any, heads: Any) -> bool | None:
    if leaf.op in ("is_true", "is_false"):
        return bool(answer) == (leaf.op == "is_true")
    if leaf.op == "contains":
        return value in answer
    if leaf.op == "includes":
        return any(isinstance(item, str) and item in value for item in answer)
    if field.kind == "area":
        return _within(answer, value)
    if field.partial:
        first, last = bounds(answer) or (answer, answer)
        holds, fails = partly(leaf.op, first, last, value)
        return True if holds else False if fails else None
    if field.kind not in NUMBERS:
        return bool(answer in value if leaf.op == "in" else COMPARE[leaf.op](answer, value))
    # Fractions: what people typed is compared exactly, as the database's numeric does.
    number = Fraction(str(answer))
    if leaf.op == "in":
        return number in [Fraction(str(item)) for item in value]
    limit = Fraction(str(value))
    if leaf.every and field.period:
        number, limit = number * MONTHS[leaf.every], limit * MONTHS[field.period]
    if heads is not None:
        limit *= Fraction(str(heads))
    return bool(COMPARE[leaf.op](number, limit))


def _within(code: str, codes: Any) -> bool | None:
    if code.startswith(tuple(codes)):
        return True
    return None if any(one.startswith(code) for one in codes) else False


def _age(leaf: Age, under: Circumstances, birth_date: date | None) -> Trace:
    day, value = under.moment(leaf.at), under.value(leaf.value)
    if birth_date is None:
        return Trace(leaf, None, (("birth_date", None),), ("birth_date",))
    if day is None or value is None:
        return Trace(leaf, None, (("birth_date", birth_date.isoformat()),))
    years = (_number(day) - _number(birth_date)) // 10000
    found = years in value if leaf.op == "in" else COMPARE[leaf.op](years, value)
    return Trace(leaf, bool(found), (("age", years),))


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
