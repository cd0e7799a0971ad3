"""People for groups that no recipe speaks of, such as one made in a browser."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from samoe.demo.people import People
from samoe.rehearsals.steps.sampling import Sample, recipe, spread
from samoe.sdk import Manifest, parse
from samoe.targetgroups.criteria import DOES_NOT, QUALIFIES, UNKNOWN, Circumstances, many, outcome
from tests.factories.own_group import BODY

START = date(2021, 1, 15)


def drawn(manifest: Manifest, seed: int = 7, count: int = 60) -> tuple[Counter[str], list[Any]]:
    under = Circumstances(manifest, date(2021, 3, 16), START, {})
    made = Sample(
        seed=seed, amounts={}, manifest=manifest, under=under, people=People("52", START),
        province=recipe("52", spread(["5201", "5206", "5213"], count), institutions=False),
    ).all()  # fmt: skip
    criteria = manifest.criteria
    assert criteria
    ask = many(criteria.tree, under)
    return Counter(outcome(ask(one.answers, one.facts.birth)) for one in made), made


def test_of_a_group_without_a_recipe_some_qualify_some_do_not_and_some_are_unknown() -> None:
    counts, made = drawn(parse(BODY))
    assert len(made) == 60
    assert counts == {QUALIFIES: 36, UNKNOWN: 9, DOES_NOT: 15}
    assert {one.facts.district for one in made} == {"5201", "5206", "5213"}
    assert all(1 <= one.answers["members"] <= 9 for one in made if "members" in one.answers)


def test_the_same_number_draws_the_same_people_and_another_draws_others() -> None:
    first, again, other = (drawn(parse(BODY), seed)[1] for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_criteria_that_nobody_meets_are_shown_and_stop_nothing() -> None:
    never = {"all": [{"field": "in_school", "op": "is_true"}, {"field": "in_school", "op": "is_false"}]}
    counts, made = drawn(parse({**BODY, "rules": [{**BODY["rules"][0], "tree": never}]}))
    assert len(made) == 60
    assert counts[QUALIFIES] == 0


def test_people_are_spread_over_the_districts_whole() -> None:
    assert spread(["a", "b", "c"], 8) == {"a": 3, "b": 3, "c": 2}
    assert spread(["a", "b", "c"], 2) == {"a": 1, "b": 1}
    for count in range(1, 40):
        province = recipe("52", spread(["5201", "5202", "5203", "5204"], count), institutions=False)
        asked = dict(province.qualifies)
        assert all(asked[at] + dict(province.unknown)[at] <= n for at, n in province.by_district)
        assert sum(asked.values()) == count * 60 // 100
