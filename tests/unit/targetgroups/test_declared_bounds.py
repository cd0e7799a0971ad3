"""Rules that nobody can meet given what the questions take: bounds, options, and who is asked at all."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from samoe.sdk import Age, All, Compare, Known, Node, Not, Option, Some, Text
from samoe.targetgroups.criteria import Circumstances, Declared, certain, impossible, walk
from samoe.targetgroups.settling import settled
from tests.unit.targetgroups import asked
from tests.unit.targetgroups.asked import DAYS, GRADES, SETTINGS, trees

ALONE, STUDIES = Compare("alone", "is_true"), Compare("wish", "=", "school")
CHANGES: dict[str, dict[str, Any]] = {
    "members": {"min": 1, "max": 6},
    "score": {"min": 0, "max": 5, "shown_when": ALONE},
    "roof": {"shown_when": All((Not(ALONE), Compare("members", ">", 2)))},
    "grade": {"shown_when": Some((STUDIES, Compare("absence", ">=", 5)))},
    "wish": {"options": tuple(Option(one, Text(one, one)) for one in ("school", "work", "none"))},
    "wage": {"max": 20_000},
}
GROUP = replace(
    asked.GROUP, fields=tuple(replace(field, **CHANGES.get(field.slug, {})) for field in asked.GROUP.fields)
)
TODAY = date(2021, 3, 18)
UNDER = Circumstances(GROUP, TODAY, date(2021, 1, 15), SETTINGS, phase_end=date(2022, 1, 14))
DECLARED = Declared(UNDER)

NOBODY: list[Node] = [
    Compare("score", ">", 5),
    Compare("members", "in", (0, 7)),
    Compare("absence", ">", 100),
    Compare("income", "<", 0, "members", "month"),
    Compare("wage", ">", 240_000, None, "year"),
    Compare("wage", ">=", 30_000, "members", "month"),
    All((Compare("members", ">", 3), Compare("members", "<", 4))),
    All(tuple(Compare("wish", "!=", one) for one in ("school", "work", "none"))),
    Age("today", "<", 0),
    Age("phase_start", ">", 150),
    All((Compare("score", "<=", 3), Compare("alone", "is_false"))),
    All((Compare("roof", "is_false"), ALONE)),
    All((Compare("roof", "is_true"), Compare("members", "=", 2))),
    All((Compare("grade", "=", "ป.1"), Compare("wish", "=", "work"), Compare("absence", "<", 3))),
    Known(("score",), Compare("alone", "is_false")),
    Not(Compare("members", ">=", 1)),
]
SOMEBODY: list[Node] = [
    Compare("score", ">=", 5),
    Compare("left_over", "<", 0),
    Age("phase_end", "<", 1),
    All((Compare("grade", "=", "ป.1"), Compare("wish", "=", "work"))),
    All((Compare("grade", "=", "ป.1"), Not(STUDIES), Compare("absence", ">", 4))),
    Some((Compare("score", ">", 5), ALONE)),
]


@pytest.mark.parametrize("rule", NOBODY, ids=str)
def test_what_the_questions_rule_out(rule: Node) -> None:
    assert not impossible(rule, UNDER)
    assert impossible(rule, UNDER, DECLARED)
    assert certain(Not(rule), UNDER, DECLARED)


@pytest.mark.parametrize("rule", SOMEBODY, ids=str)
def test_what_the_questions_allow(rule: Node) -> None:
    assert not impossible(rule, UNDER, DECLARED)


@cache
def crowd() -> list[tuple[dict[str, Any], date]]:
    """People who answer as the questions have it, and leave out what they like."""
    random, people = Random(7), []
    draw = {
        "income": lambda: random.choice((0, 1, 3000, 36_000, 90_000)), "wage": lambda: random.choice((0, 3000, 20_000)),
        "members": lambda: random.randint(1, 6), "absence": lambda: random.choice((0, 4, 4.5, 5, 8, 100)),
        "score": lambda: random.choice((0, 0.5, 3, 4, 4.5, 5)), "alone": lambda: random.random() < 0.5,
        "roof": lambda: random.random() < 0.5, "grade": lambda: random.choice(GRADES),
        "since": lambda: random.choice(DAYS), "wish": lambda: random.choice(("school", "work", "none")),
        "needs": lambda: random.sample(("food", "uniform", "bus"), 1), "home": lambda: "5201",
        "left": lambda: random.choice(asked.PARTIAL_DAYS),
        "children": lambda: [{"cost": random.choice((0, 5, 40_000))}],
        "review": lambda: {"level": random.choice("AB"), "lowest": random.randint(0, 3), "total": random.randint(0, 3)},
    }  # fmt: skip
    for _ in range(400):
        answers = {slug: drawn() for slug, drawn in draw.items() if random.random() < 0.9}
        born = TODAY - timedelta(days=random.choice((0, 60, 365, 366, 2000, 40_000, 54_000)))
        people.append((settled(GROUP, answers), born))
    return people


@settings(max_examples=150, deadline=None)
@given(tree=trees)
def test_what_is_called_impossible_holds_for_nobody_who_answers_as_asked(tree: Node) -> None:
    never, always = impossible(tree, UNDER, DECLARED), certain(tree, UNDER, DECLARED)
    if never or always:
        found = {walk(tree, UNDER, answers, born).answer for answers, born in crowd()}
        assert not (never and True in found)
        assert not (always and False in found)


@settings(max_examples=50, deadline=None)
@given(tree=trees)
def test_the_questions_only_rule_out_more(tree: Node) -> None:
    assert not impossible(tree, UNDER) or impossible(tree, UNDER, DECLARED)
