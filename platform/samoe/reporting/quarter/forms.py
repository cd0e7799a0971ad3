"""Which day's knowledge a report shall show, as typed in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from samoe.kit.problem import Problem, Problems
from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class KnownThen:
    """``day`` is None for what is known now; ``typed`` and ``problem`` where the day cannot be read."""

    day: date | None = None
    typed: dict[str, str] = field(default_factory=dict)
    problem: Problem | None = None


def read_known(sent: Sent, today: date) -> KnownThen:
    """The fields ``known_day``, ``known_month`` and ``known_year`` (B.E.). Today is what is known now."""
    reading = Reading(sent)
    day = reading.day("known")
    if day and day > today:
        reading.fault("known", "วันนี้ยังไม่มาถึง เลือกวันที่ผ่านมาแล้ว")
    try:
        reading.check()
    except Problems as found:
        typed = {part: sent.text(f"known_{part}") for part in ("day", "month", "year")}
        return KnownThen(typed=typed, problem=found.problems[0])
    return KnownThen(day if day != today else None)
