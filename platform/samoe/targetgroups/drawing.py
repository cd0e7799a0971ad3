"""People who never were, drawn from what a group's questions say of themselves: for looking at a group that nobody is
in yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from samoe.i18n import pick
from samoe.kit.national_id import check_digit
from samoe.sdk import Age, Compare, Field
from samoe.sdk.criteria import leaves
from samoe.targetgroups.criteria import DOES_NOT, QUALIFIES, UNKNOWN, Circumstances, outcome, walk
from samoe.targetgroups.instruments import drawn
from samoe.targetgroups.pickable import Pickable
from samoe.targetgroups.settling import settled

TRIES = 80
WANTED = (QUALIFIES, DOES_NOT, UNKNOWN)
MISSING, ON_THE_EDGE = 0.08, 0.6
YEAR = 365
YOUNGEST, OLDEST = 3, 60
NUMERIC = {"number": (0, 10), "count": (0, 10), "percent": (0, 100), "money": (0, 30_000_000)}
"""Where a question has no bounds; money in satang."""
ROWS = 2
NO_FILE = str(UUID(int=0))
"""Stands for a photograph or a paper: rules can only see that there is one."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One of them: a date of birth, and answers as they are stored."""

    birth: date
    answers: Mapping[str, Any]


def made_up(under: Circumstances, choices: Pickable, seed: int, count: int) -> list[MadeUp]:
    """The same people for the same seed, of whom one qualifies, one does not and of one it is not known, as far as such
    come about."""
    drawing = _Drawing(under, choices, Random(f"{under.manifest.slug}:{seed}"))  # noqa: S311
    return [drawing.one(WANTED[number % len(WANTED)]) for number in range(count)]


@dataclass
class _Drawing:
    under: Circumstances
    choices: Pickable
    random: Random

    def one(self, wanted: str) -> MadeUp:
        rule, found = self.under.manifest.criteria, self._once()
        for _ in range(TRIES if rule else 0):
            assert rule is not None  # noqa: S101 (no turn without one)
            if outcome(walk(rule.tree, self.under, found.answers, found.birth).answer) == wanted:
                break
            found = self._once()
        return found

    def _once(self) -> MadeUp:
        birth = self.under.today - timedelta(days=self._age() * YEAR + self.random.randrange(YEAR))
        given = {field.slug: self._answer(field) for field in self.under.manifest.fields}
        known = {slug: value for slug, value in given.items() if value is not None}
        known |= dict(self._assessed(known))
        return MadeUp(birth, settled(self.under.manifest, known))

    def _assessed(self, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Results of instruments, which follow from answers that are asked with every sitting."""
        for field in self.under.manifest.fields:
            if field.type == "scale" and self.random.random() >= MISSING:
                scale = self.under.manifest.scale(field.scale or "")
                facts = {slug: known[slug] for slug in scale.asks if slug in known}
                yield field.slug, drawn(self.random, scale, facts)

    def _age(self) -> int:
        if self._ages and self.random.random() < ON_THE_EDGE:
            return self.random.choice(self._ages)
        return self.random.randint(YOUNGEST, OLDEST)

    def _answer(self, field: Field) -> Any:
        draw = _BY_TYPE.get(field.type)
        if draw is None or (not field.required and self.random.random() < MISSING):
            return None
        near = self._near.get(field.slug)
        if near and self.random.random() < ON_THE_EDGE:
            return self.random.choice(near)
        return draw(self, field)

    def number(self, field: Field) -> int:
        return number(self.random, field)

    def date(self, _: Field) -> str:
        return (self.under.today - timedelta(days=self.random.randrange(5 * YEAR))).isoformat()

    def flag(self, _: Field) -> bool:
        return self.random.random() < 0.5

    def choice(self, field: Field) -> str | None:
        return self.random.choice(field.offered).value if field.offered else None

    def choices_of(self, field: Field) -> list[str] | None:
        count = min(len(field.offered), 2)
        return [option.value for option in field.offered if option in self.random.sample(field.offered, count)] or None

    def area(self, field: Field) -> str | None:
        found = self.choices.areas(field.level or "")
        return self.random.choice(found)[0] if found else None

    def institution(self, _: Field) -> str | None:
        found = list(self.choices.names())
        return self.random.choice(found) if found else None

    def text(self, _: Field) -> str:
        return pick("ข้อความสมมติ", "made-up text")

    def phone(self, _: Field) -> str:
        return f"08{self.random.randrange(10**8):08}"

    def national_id(self, _: Field) -> str:
        twelve = f"0{self.random.randrange(10**11):011}"
        return twelve + str(check_digit(twelve))

    def attached(self, _: Field) -> str:
        return NO_FILE

    def gps(self, _: Field) -> dict[str, float]:
        return {"lat": round(self.random.uniform(7, 19), 5), "lon": round(self.random.uniform(98, 102), 5)}

    def rows(self, field: Field) -> list[dict[str, Any]] | None:
        drawn = ({part.slug: self._answer(part) for part in field.parts} for _ in range(field.min or ROWS))
        return [found for row in drawn if (found := {k: v for k, v in row.items() if v is not None})] or None

    @cached_property
    def _ages(self) -> list[int]:
        """The ages that the criteria compare with, and those next to them."""
        said = [self.under.value(leaf.value) for leaf in self._leaves if isinstance(leaf, Age)]
        return [max(0, one + more) for one in said if isinstance(one, int) for more in (-1, 0, 1)]

    @cached_property
    def _near(self) -> dict[str, list[Any]]:
        return near_criteria(self.under)

    @cached_property
    def _leaves(self) -> list[Compare | Age]:
        rule = self.under.manifest.criteria
        return list(leaves(rule.tree)) if rule else []


def near_criteria(under: Circumstances) -> dict[str, list[Any]]:
    """What the criteria compare each question with, and what lies next to it: where a rule decides otherwise."""
    fields, rule = {field.slug: field for field in under.manifest.fields}, under.manifest.criteria
    found: dict[str, list[Any]] = {}
    for leaf in leaves(rule.tree) if rule else ():
        if isinstance(leaf, Compare) and leaf.field in fields:
            found.setdefault(leaf.field, []).extend(_around(under, fields[leaf.field], leaf))
    return found


def _around(under: Circumstances, field: Field, leaf: Compare) -> Iterator[Any]:
    said = under.value(leaf.value)
    for value in said if isinstance(said, tuple | list) else (said,):
        if field.type in NUMERIC and isinstance(value, int | float) and not isinstance(value, bool):
            times = (12 if leaf.every == "month" and field.period == "year" else 1) * (4 if leaf.per else 1)
            step = 100 if field.type == "money" else 1
            least, most = field.limits
            for near in (value * times - step, value * times, value * times + step):
                if (least is None or near >= least) and (most is None or near <= most):
                    yield int(near)
        elif field.type in {"choice", "text"} and isinstance(value, str):
            yield value


def hundreds(random: Random, least: int, most: int) -> int:
    """An amount of satang between two others, in whole hundreds of baht where that is possible."""
    drawn = random.randint(least, most)
    return max(least, drawn - drawn % 10_000)


def number(random: Random, field: Field) -> int:
    """A number or an amount within the question's bounds, or within those of its kind."""
    least, most = NUMERIC[field.type]
    least = least if field.min is None else field.min
    most = max(least, most if field.max is None else field.max)
    return hundreds(random, least, most) if field.type == "money" else random.randint(least, most)


_BY_TYPE: Mapping[str, Callable[[_Drawing, Field], Any]] = {
    "text": _Drawing.text, "number": _Drawing.number, "count": _Drawing.number, "percent": _Drawing.number,
    "money": _Drawing.number, "date": _Drawing.date, "flag": _Drawing.flag, "choice": _Drawing.choice,
    "choices": _Drawing.choices_of, "area": _Drawing.area, "institution": _Drawing.institution,
    "phone": _Drawing.phone, "national_id": _Drawing.national_id, "gps": _Drawing.gps, "repeat": _Drawing.rows,
    "photo": _Drawing.attached, "file": _Drawing.attached,
}  # fmt: skip
"""How each type is drawn; what is calculated is not, and what is assessed follows from the rest."""
