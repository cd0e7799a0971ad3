"""Numbers so small that they can be a child, and those that would tell one of them."""

from __future__ import annotations

FEW = 5
"""Fewer people than this are not shown."""


def is_few(number: int | None) -> bool:
    """Whether a number is so small that it can be a child."""
    return number is not None and 0 < number < FEW


def parts(*counts: int) -> tuple[int | None, ...]:
    """The parts of a whole that is known, who qualifies first: those that are few are None, and as long as those held
    back are few together or only one, so is another, since the rest would tell them. Who qualifies is what is asked
    for, and goes last."""
    hidden = {place for place, count in enumerate(counts) if is_few(count)}
    while hidden and (len(hidden) == 1 or sum(counts[place] for place in hidden) < FEW):
        others = [(place == 0, count, place) for place, count in enumerate(counts) if count and place not in hidden]
        if not others:
            break
        hidden.add(min(others)[2])
    return tuple(None if place in hidden else count for place, count in enumerate(counts))
