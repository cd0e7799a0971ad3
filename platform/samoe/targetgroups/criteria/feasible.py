"""Whether a rule can hold for anybody at all, or holds for everybody: found on the tree, without asking anyone.

Too many ways count as possible: whatever is called impossible holds for nobody. With ``declared`` that is said of those
whose answers are as the questions have it; without, of everybody, whatever is stored.
"""

from __future__ import annotations

from samoe.sdk import Node
from samoe.targetgroups.criteria.circumstances import Circumstances
from samoe.targetgroups.criteria.declared import Declared
from samoe.targetgroups.criteria.ways import TooMany, ways


def impossible(node: Node, under: Circumstances, declared: Declared | None = None) -> bool:
    """Whether ``node`` holds for nobody, whatever they answer."""
    return _none(node, under, declared, holds=True)


def certain(node: Node, under: Circumstances, declared: Declared | None = None) -> bool:
    """Whether ``node`` fails for nobody of whom the answers are known."""
    return _none(node, under, declared, holds=False)


def _none(node: Node, under: Circumstances, declared: Declared | None, *, holds: bool) -> bool:
    try:
        found = ways(node, under, holds=holds)
    except TooMany:
        return False
    return not any(declared is None or declared.allows(way) for way in found)
