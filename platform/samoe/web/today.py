"""What a room may put on the home page.

A room offers it in a module called ``home`` (``samoe.<room>.home``); the home page finds such modules by looking.
Every function is optional, takes the request's ``Context`` and gives only what this actor may see:

- ``tasks(ctx)``: what waits for this person today;
- ``waiting(ctx)``: what this person waits for from others;
- ``figures(ctx)``: key numbers, each with what it is out of;
- ``progress(ctx)``: target against actual by district, one ``Progress`` for each thing that has targets;
- ``standings(ctx)``: where everyone is on the way of a group, one ``Standing`` for each;
- ``milestones(ctx)``: dates of the phase, for its timeline.

Texts are finished sentences in the language of the request: translate before you give them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, where and whose, by when, and the one page where it is done.

    ``urgent`` puts it first, with the red square; a task whose ``due`` day has passed is urgent by itself.
    """

    title: str
    where: str
    action: str
    href: str
    due: date | None = None
    urgent: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that someone else has to do next: who, what, since when."""

    who: str
    what: str
    since: date | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with its unit, what it is out of, and how complete it is.

    ``value`` is None where there is no data (never 0 for that), or a text that is already formatted (baht).
    ``covered`` of ``covers`` parts have reported; ``href`` opens the rows behind the number.
    """

    label: str
    value: int | str | None
    unit: str = ""
    base: str = ""
    href: str | None = None
    coverage: str = ""
    covered: int | None = None
    covers: int | None = None
    trend: tuple[int, ...] = ()
    """How it grew to its value, at even steps; what has no history is not drawn."""
    about: str = ""
    """Whom or what it counts, above its label."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One district of a ``Progress``. ``target`` of None: none was set. ``actual`` of None: no data."""

    name: str
    actual: int | None
    target: int | None
    href: str | None = None
    share: int | None = None
    """Percent of those whom it is out of; None where either is not known."""
    tile: tuple[int, int] | None = None
    """Column and row on the tile map of the province."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Target against actual by district, for one target group. ``unit`` is what is counted."""

    slug: str
    label: str
    unit: str
    districts: tuple[Reach, ...]
    note: str = ""
    what: str = ""
    """What is counted, in words."""

    share_of: str = ""
    """What the shares are out of, in words; empty where there are none."""

    @property
    def on_map(self) -> list[Reach]:
        """The districts from north to south and west to east, for those who read instead of look."""
        return sorted(self.districts, key=lambda row: (row.tile or (99, 99))[::-1])

    @property
    def map_columns(self) -> int:
        return max((row.tile[0] for row in self.districts if row.tile), default=4)

    @property
    def with_targets(self) -> bool:
        return any(row.target is not None for row in self.districts)


@dataclass(frozen=True, slots=True)
class Place:
    """One place on a group's way and how many are there. ``level`` is the fill of its square."""

    label: str
    count: int
    level: float | str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everyone of a group, each at exactly one place, in the order of the way."""

    slug: str
    unit: str
    places: tuple[Place, ...]

    @property
    def total(self) -> int:
        return sum(place.count for place in self.places)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A day of the phase on which something happened or is planned."""

    label: str
    on: date
    done: bool
