"""Rules that nobody can meet, and rules that nobody can miss, found on the tree alone."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.sdk import Age, All, Compare, FromSetting, Known, Moment, Node, Not, Some
from samoe.targetgroups.criteria import Circumstances, certain, impossible, walk
from samoe.targetgroups.discovery import catalogue
from tests.unit.targetgroups.asked import GROUP, SETTINGS, answers, birth_dates, full_answers, trees

UNDER = Circumstances(GROUP, date(2021, 3, 18), date(2021, 1, 15), SETTINGS, phase_end=date(2022, 1, 14))
CEILING = FromSetting("ceiling")

NOT_YET = Age("today", "<", 1)
NOBODY: list[Node] = [
    All((Age("today", "<", 5), Age("today", ">", 10))),
    All((Age("today", ">=", 10), Age("phase_start", "<", 9), Age("phase_end", ">", 3))),
    All((Age("phase_start", ">", 5), Age("phase_start", "<", 6))),
    All((Compare("wish", "=", "school"), Compare("wish", "=", "work"))),
    All((Compare("wish", "in", ("school", "none")), Compare("wish", "=", "work"))),
    All((Compare("score", "<=", 3), Compare("score", ">", 7))),
    All((Compare("alone", "is_true"), Compare("alone", "is_false"))),
    All((Compare("income", "<=", CEILING, "members", "month"), Compare("income", ">", 40_000, "members", "year"))),
    All((Compare("income", ">", CEILING, "members", "month"), Compare("members", "<=", 0))),
    All((Compare("grade", "=", "ป.1"), Compare("grade", "contains", "ม."))),
    All((Compare("since", ">", Moment("today")), Compare("since", "<", Moment("phase_start", months=-6)))),
    All((Compare("roof", "is_true"), Not(Some((Compare("roof", "is_true"), Compare("alone", "is_true")))))),
    Known((Compare("members", ">", 3),), All((Compare("members", "<", 2), Compare("alone", "is_true")))),
    Not(Some((Compare("score", "<=", 5), Compare("score", ">", 4)))),
    Some((All((Compare("score", "=", 1), Compare("score", "=", 2))), All((NOT_YET, Age("today", ">", 1))))),
]


@pytest.mark.parametrize("rule", NOBODY, ids=str)
def test_a_rule_that_nobody_can_meet(rule: Node) -> None:
    assert impossible(rule, UNDER)
    assert not impossible(Not(rule), UNDER) or isinstance(rule, Known)


@pytest.mark.parametrize(
    "rule",
    [
        All((Age("today", ">", 5), Age("today", "<", 10))),
        Some((Age("today", "<", 5), Age("today", ">", 10))),
        All((Compare("members", ">", 3), Compare("members", "<", 4))),
        All((Compare("income", "<=", FromSetting("unset")), Compare("income", ">", 5))),
        All((Compare("grade", "!=", "ป.1"), Compare("grade", "contains", "ป."))),
        All((Compare("income", "<=", 3000, "members", "month"), Compare("income", ">", 4000, "score", "month"))),
    ],
    ids=str,
)
def test_a_rule_that_somebody_may_meet(rule: Node) -> None:
    assert not impossible(rule, UNDER)


def test_a_rule_that_nobody_can_miss() -> None:
    assert certain(Some((Compare("score", "<=", 5), Compare("score", ">", 3))), UNDER)
    assert certain(Some((Compare("alone", "is_true"), Not(Compare("alone", "is_true")))), UNDER)
    assert certain(Some((Age("today", "<", 5), Age("phase_end", ">=", 4))), UNDER)
    assert not certain(Some((Compare("score", "<=", 5), Compare("score", ">", 6))), UNDER)


def test_the_groups_that_ship_have_rules_that_can_be_met() -> None:
    for manifest in catalogue().values():
        under = Circumstances(manifest, date(2021, 3, 18), date(2021, 1, 15), manifest.values({}), date(2022, 1, 14))
        for rule in manifest.rules:
            assert not impossible(rule.tree, under), (manifest.slug, rule.slug)
            assert not certain(rule.tree, under), (manifest.slug, rule.slug)


@settings(max_examples=400, deadline=None)
@given(
    tree=trees,
    people=st.lists(st.tuples(st.one_of(answers, full_answers), birth_dates), min_size=8, max_size=8),
)
def test_what_is_called_impossible_holds_for_nobody(
    tree: Node, people: list[tuple[dict[str, Any], str | None]]
) -> None:
    never, always = impossible(tree, UNDER), certain(tree, UNDER)
    for given_answers, born in people:
        answer = walk(tree, UNDER, given_answers, date.fromisoformat(born) if born else None).answer
        assert not (never and answer is True)
        assert not (always and answer is False)
