"""Rounds of product and floor in turn, and what they say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Ratio:
    """A workload's medians in seconds, and the bound on product over floor (or floor over product)."""

    name: str
    product: float
    floor: float
    bound: float
    at_least: bool = False
    unit: str = "s"
    most: float | None = None
    """What the product may take at most, in its unit, whatever the floor."""

    @property
    def ratio(self) -> float:
        return self.product / self.floor

    @property
    def met(self) -> bool:
        in_time = self.most is None or self.product <= self.most
        return in_time and (self.ratio >= self.bound if self.at_least else self.ratio <= self.bound)

    def row(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "met" if self.met else "MISSED"
        return (
            f"{self.name:<44}{self.product:>10.3f} {self.floor:>10.3f} {self.unit:<6}"
            f"{self.ratio:>7.2f} {sign} {self.bound:<6}{verdict}"
            f"{'' if self.most is None else f' (at most {self.most:g} {self.unit})'}"
        )


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def interleaved(product: Callable[[], float], floor: Callable[[], float], rounds: int) -> tuple[float, float]:
    """The medians of rounds that take turns, so that a noisy minute spoils both alike."""
    pairs = [(floor(), product()) for _ in range(rounds)]
    return median(p for _, p in pairs), median(f for f, _ in pairs)
