"""A rule asked of many people one after another: the walk without its trace, each clause asked once per value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samoe.sdk import Age, All, Compare, Known, Node, Not, Some
from samoe.targetgroups.criteria.circumstances import Circumstances, place
from samoe.targetgroups.criteria.walk import typed, walk

Ask = Callable[[Mapping[str, Any], date | None], bool | None]


def many(node: Node, under: Circumstances) -> Ask:
    """A function that gives the same answer as ``walk``; it keeps what it was asked, so let it go after a file."""
    if isinstance(node, All | Some):
        return _joined([many(clause, under) for clause in node.clauses], decisive=isinstance(node, Some))
    if isinstance(node, Not):
        return _reversed(many(node.clause, under))
    if isinstance(node, Known):
        conditions = [_condition(item, under) for item in node.fields]
        return _after(conditions, many(node.then, under))
    return _clause(node, under)


def _joined(parts: list[Ask], *, decisive: bool) -> Ask:
    def ask(answers: Mapping[str, Any], birth_date: date | None) -> bool | None:
        answer: bool | None = not decisive
        for part in parts:
            found = part(answers, birth_date)
            if found is decisive:
                return decisive
            if found is None:
                answer = None
        return answer

    return ask


def _reversed(part: Ask) -> Ask:
    def ask(answers: Mapping[str, Any], birth_date: date | None) -> bool | None:
        found = part(answers, birth_date)
        return None if found is None else not found

    return ask


def _after(conditions: list[Ask], then: Ask) -> Ask:
    def ask(answers: Mapping[str, Any], birth_date: date | None) -> bool | None:
        for condition in conditions:
            if condition(answers, birth_date) is not True:
                return None
        return then(answers, birth_date)

    return ask


def _condition(item: str | Compare, under: Circumstances) -> Ask:
    if isinstance(item, Compare):
        return _clause(item, under)
    field = under.manifest.field(item)
    return lambda answers, _: typed(field, answers) is not None


def _clause(leaf: Compare | Age, under: Circumstances) -> Ask:
    fields = () if isinstance(leaf, Age) else tuple(place(name)[0] for name in (leaf.field, leaf.per) if name)
    by_age = isinstance(leaf, Age)
    kept: dict[Any, bool | None] = {}

    def ask(answers: Mapping[str, Any], birth_date: date | None) -> bool | None:
        if by_age:
            key: Any = birth_date
        else:
            # True equals 1 but is no number, so the type is part of the key.
            values = [answers.get(name) for name in fields]
            key = (*values, *map(type, values))
        try:
            return kept[key]
        except KeyError:
            found = kept[key] = walk(leaf, under, answers, birth_date).answer
            return found
        except TypeError:
            # A list or a table cannot be kept by; such answers are rare.
            return walk(leaf, under, answers, birth_date).answer

    return ask
