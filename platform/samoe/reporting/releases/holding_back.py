"""Which numbers may leave a province: none that is few, and none from which one that is few can be worked out."""

from __future__ import annotations

from dataclasses import dataclass

from samoe.reporting.few import is_few


@dataclass(frozen=True, slots=True)
class Told:
    """What is released of an indicator. A number that is too small is None, and ``state`` is ``few``."""

    state: str
    numerator: int | None = None
    denominator: int | None = None


NO_DATA = Told("no_data")


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
