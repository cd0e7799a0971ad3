"""Which numbers may leave a province: none that is few, and none from which one that is few can be worked out."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.reporting.comparison.indicators import FEW


@dataclass(frozen=True, slots=True)
class Told:
    """What is released of an indicator. A number that is too small is None, and ``state`` is ``few``."""

    state: str
    numerator: int | None = None
    denominator: int | None = None


NO_DATA = Told("no_data")


def is_few(number: int | None) -> bool:
    """Whether a number is so small that it can be a child."""
    return number is not None and 0 < number < FEW


def told(kind: str, of: int | None, over: int | None, behind: int | None = None) -> Told:
    """What may be said of an indicator. ``behind`` is how many stand behind a sum."""
    if of is None or (kind != "count" and not over):
        return NO_DATA
    if kind == "count":
        return Told("few") if is_few(of) else Told("given", of)
    if is_few(over):
        return Told("few")
    rest = (over or 0) - of
    if is_few(behind) if kind == "mean" else is_few(of) or is_few(rest):
        return Told("few", None, over)
    return Told("given", of, over)


def parts(*counts: int) -> tuple[int | None, ...]:
    """The parts of a whole that is known: those that are few are None, and where only one is, the next smallest, too,
    since the rest would tell it."""
    hidden = {place for place, count in enumerate(counts) if is_few(count)}
    if len(hidden) == 1:
        others = [(count, place) for place, count in enumerate(counts) if count and place not in hidden]
        hidden |= {place for _count, place in sorted(others)[:1]}
    return tuple(None if place in hidden else count for place, count in enumerate(counts))
