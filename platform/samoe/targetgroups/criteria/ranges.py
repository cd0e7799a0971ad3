"""Sets of values that a comparison leaves: intervals of numbers, and words named or ruled out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from ``low`` to ``high``; None is no end. An open end leaves the number itself out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    def meet(self, other: Range) -> Range | None:
        """The numbers in both; None where there are none."""
        low, low_open = _tighter((self.low, self.low_open), (other.low, other.low_open), lower=True)
        high, high_open = _tighter((self.high, self.high_open), (other.high, other.high_open), lower=False)
        if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
            return None
        return Range(low, high, low_open, high_open)

    def has_whole(self) -> bool:
        """Whether a whole number lies in it."""
        if self.low is None or self.high is None:
            return True
        first = floor(self.low) + 1 if self.low_open else ceil(self.low)
        return first < self.high or (first == self.high and not self.high_open)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Any of some ranges. ``whole`` numbers have nothing between one and the next."""

    ranges: tuple[Range, ...]
    whole: bool = False

    @classmethod
    def where(cls, op: str, value: Fraction, *, whole: bool = False) -> Numbers:
        """The numbers x for which ``x op value``."""
        step = Fraction(1) if whole else Fraction(0)
        below = Range(high=value - step, high_open=not whole)
        above = Range(low=value + step, low_open=not whole)
        found = {
            "=": (Range(value, value),), "!=": (below, above), "<": (below,), "<=": (Range(high=value),),
            ">": (above,), ">=": (Range(low=value),),
        }  # fmt: skip
        return cls(found[op], whole)

    @classmethod
    def among(cls, values: tuple[Fraction, ...]) -> Numbers:
        return cls(tuple(Range(value, value) for value in values))

    def without(self, values: tuple[Fraction, ...]) -> Numbers | None:
        """These numbers but ``values``."""
        left: Numbers | None = self
        for value in values:
            left = left.meet(Numbers.where("!=", value)) if left else None
        return left

    def meet(self, other: Numbers) -> Numbers | None:
        whole = self.whole or other.whole
        met = [
            both
            for mine in self.ranges
            for theirs in other.ranges
            if (both := mine.meet(theirs)) and (not whole or both.has_whole())
        ]
        return Numbers(tuple(dict.fromkeys(met)), whole) if met else None


EVERY_NUMBER = Numbers((Range(),))


@dataclass(frozen=True, slots=True)
class Words:
    """Texts: some named ones, or (None) all but those left out; with parts that they must and must not have."""

    named: frozenset[str] | None = None
    left_out: frozenset[str] = frozenset()
    having: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    def meet(self, other: Words) -> Words | None:
        named = self.named if other.named is None else other.named
        if self.named is not None and other.named is not None:
            named = self.named & other.named
        both = Words(
            named, self.left_out | other.left_out, self.having | other.having, self.lacking | other.lacking
        )  # fmt: skip
        if both.named is not None:
            both = replace(both, named=frozenset(word for word in both.named if both.fits(word)))
            return both if both.named else None
        return None if any(gone in part for gone in both.lacking for part in both.having) else both

    def fits(self, word: str) -> bool:
        return (
            word not in self.left_out
            and all(part in word for part in self.having)
            and not any(part in word for part in self.lacking)
        )


@dataclass(frozen=True, slots=True)
class Flags:
    """Yes, no, or either."""

    answers: frozenset[bool]

    def meet(self, other: Flags) -> Flags | None:
        both = self.answers & other.answers
        return Flags(both) if both else None


Values = Numbers | Words | Flags


def meet(one: Values, other: Values) -> Values | None:
    """What is in both; sets of different kinds say nothing of each other."""
    if isinstance(one, Numbers) and isinstance(other, Numbers):
        return one.meet(other)
    if isinstance(one, Words) and isinstance(other, Words):
        return one.meet(other)
    if isinstance(one, Flags) and isinstance(other, Flags):
        return one.meet(other)
    return one


def _tighter(
    one: tuple[Fraction | None, bool], other: tuple[Fraction | None, bool], *, lower: bool
) -> tuple[Fraction | None, bool]:
    """Of two ends the one that leaves less."""
    (a, a_open), (b, b_open) = one, other
    if a is None or b is None:
        return other if a is None else one
    if a == b:
        return a, a_open or b_open
    return one if (a > b) == lower else other
