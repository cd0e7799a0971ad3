"""The rows of a file as they were judged. Values are kept by column, and put together into rows when asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from samoe.intake.judging.plan import LIST, SheetPlan
from samoe.intake.reading import Row

OK, WARNING, ERROR, DUPLICATE, POSSIBLE = range(5)
CLASSES = ("ok", "warning", "error", "duplicate_in_file", "possible_duplicate")


class Person(NamedTuple):
    """A person as one row tells of them; ``identifier`` is a national ID or a G-code."""

    identifier: str | None = None
    title: str | None = None
    first: str = ""
    last: str = ""
    sex: str | None = None
    birth: date | None = None
    house: str | None = None
    moo: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    centre: str | None = None
    agency: str | None = None
    guardian: str | None = None
    phones: tuple[str, ...] | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """The normalised name."""
        return f"{self.first} {self.last}".strip()


class Institution(NamedTuple):
    """An institution as one row tells of it; it is known by ``centre``, its bare name, and its subdistrict."""

    centre: str | None = None
    subdistrict: str | None = None
    district: str | None = None
    agency: str | None = None
    house: str | None = None
    moo: str | None = None
    phones: tuple[str, ...] | None = None
    note: str | None = None
    submission: str | None = None


class JudgedRow(NamedTuple):
    """One data row. ``answers`` holds what is known, by field; ``typed`` the cells of a row with something to say."""

    number: int
    judged_as: str
    reasons: tuple[str, ...]
    extra: dict[str, Any]
    subject: Person | Institution
    answers: dict[str, Any]
    typed: Row | None


@dataclass(slots=True)
class JudgedSheet:
    """One sheet's data rows by column: entry n of every list belongs to the same row, whose number is in ``numbers``.

    ``parts`` are the platform's own values, under the names of ``Person`` or ``Institution``; ``answers`` the group's,
    by field. Lists of parts that the file does not have are missing. ``status`` indexes ``CLASSES``. ``unread`` has
    the places of cells, by column, that could not be read and are left out without a fault of the row.
    """

    plan: SheetPlan
    of_persons: bool
    numbers: list[int] = field(default_factory=list)
    status: bytearray = field(default_factory=bytearray)
    reasons: dict[int, tuple[str, ...]] = field(default_factory=dict)
    extras: dict[int, dict[str, Any]] = field(default_factory=dict)
    typed: dict[int, Row] = field(default_factory=dict)
    unread: dict[str, list[int]] = field(default_factory=dict)
    parts: dict[str, list[Any]] = field(default_factory=dict)
    answers: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def counted(self) -> bool:
        """Whether its rows are subjects of their own, not further answers about subjects of another sheet."""
        return self.plan.role == LIST

    def __len__(self) -> int:
        return len(self.numbers)

    def part(self, name: str) -> Sequence[Any]:
        """One part of every row; all None where the file does not have it."""
        return self.parts.get(name) or (None,) * len(self)

    def imported(self) -> Iterator[int]:
        """The places of the rows that are imported."""
        return (place for place, status in enumerate(self.status) if status <= WARNING)

    def row(self, place: int) -> JudgedRow:
        """Everything about one row."""
        kind = Person if self.of_persons else Institution
        parts = {name: values[place] for name, values in self.parts.items()}
        known = ((name, values[place]) for name, values in self.answers.items())
        return JudgedRow(
            self.numbers[place],
            CLASSES[self.status[place]],
            self.reasons.get(place, ()),
            self.extras.get(place, {}),
            kind(**parts),
            {name: value for name, value in known if value is not None},
            self.typed.get(place),
        )

    def rows(self) -> Iterator[JudgedRow]:
        return map(self.row, range(len(self)))

    def mark(self, place: int, status: int, reason: str, **extra: Any) -> None:
        """Put a row into another class, for one reason that replaces those it had."""
        self.status[place] = status
        self.reasons[place] = (reason,)
        self.extras.setdefault(place, {}).update(extra)
