"""People who never were: the same for the same seed, and each outcome where the criteria allow it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samoe.sdk import Rule
from samoe.sdk.trees import read_tree
from samoe.targetgroups.criteria import Circumstances, outcome, walk
from samoe.targetgroups.drawing import made_up
from samoe.targetgroups.pickable import Pickable
from samoe.targetgroups.settling import settled
from tests.unit.targetgroups.form import FORM

CHOICES = Pickable("52", {"a": "ก"})
TODAY = date(2026, 11, 22)


def test_the_same_seed_draws_the_same_people_and_another_does_not() -> None:
    under = Circumstances(FORM, TODAY)
    assert made_up(under, CHOICES, 3, 3) == made_up(under, CHOICES, 3, 3)
    assert made_up(under, CHOICES, 3, 3) != made_up(under, CHOICES, 4, 3)


def test_what_is_drawn_is_settled_and_of_every_kind() -> None:
    drawn = [one for seed in range(20) for one in made_up(Circumstances(FORM, TODAY), CHOICES, seed, 3)]
    for one in drawn:
        assert settled(FORM, one.answers) == one.answers
    kinds = {FORM.field(slug).type for one in drawn for slug in one.answers}
    assert kinds == {field.type for field in FORM.fields} - {"scale", "photo", "file"}


def test_one_qualifies_one_does_not_and_one_is_not_known() -> None:
    flag = next(field for field in FORM.fields if field.type == "flag")
    tree = read_tree({"field": flag.slug, "op": "is_true"})
    manifest = replace(FORM, rules=(Rule("criteria", FORM.name, tree),))
    under = Circumstances(manifest, TODAY)
    found = [outcome(walk(tree, under, one.answers, one.birth).answer) for one in made_up(under, CHOICES, 1, 3)]
    assert found == ["qualifies", "does_not", "unknown"]
