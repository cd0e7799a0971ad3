"""Asking many people at once gives what the walk gives each of them."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samoe.sdk import Node
from samoe.targetgroups.criteria import Circumstances, many, walk
from tests.unit.targetgroups.asked import GROUP, SETTINGS, answers, birth_dates, trees

UNDER = Circumstances(GROUP, date(2021, 3, 18), date(2021, 1, 15), SETTINGS, phase_end=date(2022, 1, 14))


@settings(max_examples=300, deadline=None)
@given(tree=trees, people=st.lists(st.tuples(answers, birth_dates), min_size=1, max_size=20))
def test_many_and_walk_give_the_same_answer(tree: Node, people: list[tuple[dict[str, Any], str | None]]) -> None:
    ask = many(tree, UNDER)
    for given_answers, born in people:
        birth = date.fromisoformat(born) if born else None
        assert ask(given_answers, birth) is walk(tree, UNDER, given_answers, birth).answer
