"""The phase as a line: its quarters, today, and what happened or is planned on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from samoe.i18n import current_locale
from samoe.i18n import gettext as _
from samoe.kit import be_format
from samoe.programmes.phases.queries import PhaseDays
from samoe.web.today import Milestone

APART, ROWS = 0.09, 2
"""Two labels in one row closer than this share of the line would run into each other; then the next row is used."""


@dataclass(frozen=True, slots=True)
class Quarter:
    label: str
    range: str
    start: float
    current: bool


@dataclass(frozen=True, slots=True)
class Event:
    label: str
    when: str
    at: float
    done: bool
    row: int = 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the drawing needs. ``today`` is the share of the phase that has gone; ``ended`` after its last day."""

    number: int
    starts: date
    ends: date
    day: int
    days: int
    today: float
    ended: bool
    quarters: tuple[Quarter, ...]
    events: tuple[Event, ...]


def timeline(phase: PhaseDays, today: date, milestones: Sequence[Milestone]) -> Timeline:
    """The line of a phase as it stands today."""
    days = (phase.ends_on - phase.starts_on).days + 1
    day = min(max((today - phase.starts_on).days + 1, 0), days)

    def share(on: date) -> float:
        return min(max((on - phase.starts_on).days / days, 0.0), 1.0)

    quarters = tuple(
        Quarter(_("ไตรมาส %(n)s", n=n), _span(one.start, one.end), share(one.start), one.start <= today <= one.end)
        for n, one in enumerate(phase.quarters, 1)
    )
    events: list[Event] = []
    for milestone in milestones:
        row = _free_row(events, share(milestone.on))
        if milestone.on in phase and row is not None:
            events.append(Event(milestone.label, _day(milestone.on), share(milestone.on), milestone.done, row))
    return Timeline(
        phase.number, phase.starts_on, phase.ends_on, day, days, share(today) if today <= phase.ends_on else 1.0,
        today > phase.ends_on, quarters, tuple(events),
    )  # fmt: skip


def _free_row(events: Sequence[Event], at: float) -> int | None:
    """The first row of labels with room at a place; None where all are taken, and the mark is left out."""
    last = {event.row: event.at for event in events}
    return next((row for row in range(ROWS) if at - last.get(row, -1.0) >= APART), None)


def _day(on: date) -> str:
    """A day without its year, which the head of the line says."""
    return be_format.short(on, current_locale()).rsplit(" ", 1)[0]


def _span(start: date, end: date) -> str:
    return f"{_day(start)} – {_day(end)}"
