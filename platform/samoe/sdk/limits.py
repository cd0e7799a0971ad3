"""How much one group may hold. Far above what anybody needs; beyond it pages of a whole province become slow."""

from collections.abc import Iterator, Mapping, Sized
from typing import Any

from samoe.sdk.problems import Problem

MOST_FIELDS = 400
MOST_COMPARISONS = 200
MOST_STEPS = 100
DEEPEST = 30
"""Tables and lists inside each other, as a manifest is written. What is shipped has 9."""


def too_deep(data: Any, most: int = DEEPEST) -> bool:
    """Whether data are nested deeper than anybody writes by hand; asked before anything walks them."""
    level = [data]
    for _ in range(most):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def too_long(comparisons: Sized, path: str) -> Iterator[Problem]:
    """A rule or a condition of too many comparisons."""
    if len(comparisons) > MOST_COMPARISONS:
        yield Problem(path, "เปรียบเทียบได้ไม่เกิน %(most)s ข้อ", most=MOST_COMPARISONS)


def _inside(one: Any) -> list[Any]:
    values = one.values() if isinstance(one, Mapping) else one if isinstance(one, list) else ()
    return [value for value in values if isinstance(value, Mapping | list)]
