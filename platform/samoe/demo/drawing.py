"""Drawing answers as a group's recipe says, until the group's own criteria give the outcome that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from random import Random
from typing import Any

from samoe.sdk import Field, Manifest
from samoe.sdk.criteria import answers_of
from samoe.sdk.demo import DemoProvince, Draw, ExactAnswers
from samoe.targetgroups.criteria import UNKNOWN, Ask, Circumstances, many, outcome
from samoe.targetgroups.settling import Settle, settling

TRIES = 2000
Answers = dict[str, Any]


class ImpossibleRecipe(RuntimeError):
    """The draws of a recipe never give the outcome that it asks for."""


@dataclass
class Drawing:
    """Answers of one group in one province."""

    manifest: Manifest
    province: DemoProvince
    under: Circumstances
    draws: tuple[Draw, ...] = field(default=())

    def __post_init__(self) -> None:
        recipe = self.manifest.demo
        unanswered = set(self.province.unanswered)
        self.draws = tuple(draw for draw in recipe.draws if draw.field not in unanswered) if recipe else ()

    def answers(self, random: Random, place: int, district: str, birth: date | None, wanted: str | None) -> Answers:
        """What the subject at this place of its district answers. ``wanted`` is the outcome of the criteria."""
        fixed = self._fixed(place, district)
        for _ in range(TRIES):
            found = self._once(random, fixed)
            if wanted is None or outcome(self._ask(found, birth)) == wanted:
                return found
            if wanted == UNKNOWN and self._forget(found, birth):
                return found
        raise ImpossibleRecipe(f"{self.manifest.slug}: the draws never give {wanted}")

    def exact_for(self, place: int, district: str) -> Iterable[ExactAnswers]:
        """The exact answers that belong to the subject at a place of its district."""
        begins: dict[str, int] = {}
        for exact in self.province.exact:
            start = begins.get(exact.field, 0)
            end = begins[exact.field] = start + dict(exact.by_district).get(district, 0)
            if start <= place < end:
                yield exact

    @cached_property
    def _ask(self) -> Ask:
        criteria = self.manifest.criteria
        return many(criteria.tree, self.under) if criteria else lambda _answers, _birth: True

    @cached_property
    def _exact_values(self) -> dict[str, set[Any]]:
        found: dict[str, set[Any]] = {}
        for exact in self.province.exact:
            found.setdefault(exact.field, set()).add(exact.value)
        return found

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field.slug: field for field in self.manifest.fields}

    def _fixed(self, place: int, district: str) -> Answers:
        """The answers that are not left to chance."""
        found: Answers = {name: False for name in self._exact_values if self._fields[name].type == "flag"}
        for exact in self.exact_for(place, district):
            found[exact.field] = self._as_answer(exact.field, exact.value)
        return found

    def _once(self, random: Random, fixed: Mapping[str, Any]) -> Answers:
        found: Answers = dict(fixed)
        for draw in self.draws:
            if draw.field not in found and (value := self._drawn(random, draw)) is not None:
                found[draw.field] = self._as_answer(draw.field, value)
        return self._settle(found)

    def _as_answer(self, name: str, value: Any) -> Any:
        """Recipes name one option; where several may be chosen, it is chosen alone."""
        return [value] if self._fields[name].type == "choices" else value

    @cached_property
    def _settle(self) -> Settle:
        return settling(self.manifest)

    def _drawn(self, random: Random, draw: Draw) -> Any:
        if draw.missing and random.random() * 100 < draw.missing:
            return None
        if draw.kind == "share":
            return random.random() * 100 < draw.share
        of, taken = self._fields[draw.field], self._exact_values.get(draw.field, set())
        if draw.kind == "between":
            return _between(random, draw, of)
        if draw.kind == "marks":
            return self._marks(random, draw, of)
        if draw.kind == "text":
            return draw.texts[int(random.random() * len(draw.texts))]
        left = [(name, weight) for name, weight in draw.weights if name not in taken]
        return random.choices([name for name, _ in left], [weight for _, weight in left])[0] if left else None

    def _marks(self, random: Random, draw: Draw, of: Field) -> Answers:
        scale = self.manifest.scale(str(of.scale))
        better = sorted(score.value for score in scale.scores if score.value != scale.lowest)
        marks: dict[str, int | None] = {item: random.choice(better) for item in scale.items}
        if random.random() < 0.4:
            marks.update(dict.fromkeys(scale.optional_items))
        asked = [item for item in scale.items if marks[item] is not None]
        for item in random.sample(asked, min(random.randint(draw.least, draw.most), len(asked))):
            marks[item] = scale.lowest
        return scale.result(marks)

    def _forget(self, answers: Answers, birth: date | None) -> bool:
        """Take away the one answer without which the criteria cannot decide; a tick last, since a blank one is a no."""
        criteria = self.manifest.criteria
        asked = answers_of(criteria.tree) if criteria else frozenset()
        for name in sorted(asked & answers.keys(), key=lambda name: (self.manifest.field(name).type == "flag", name)):
            left = {key: value for key, value in answers.items() if key != name}
            if outcome(self._ask(left, birth)) == UNKNOWN:
                del answers[name]
                return True
        return False


def _between(random: Random, draw: Draw, of: Field) -> int:
    steps = (draw.most - draw.least) // draw.step + 1
    value = draw.least + draw.step * int(random.random() * steps)
    return value * 100 if of.type == "money" else value
