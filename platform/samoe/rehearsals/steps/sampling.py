"""Answers for people of any group: as its recipe draws them, or else drawn from what its fields say of themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from samoe.demo.drawing import Answers, Drawing
from samoe.demo.subjects import Invention
from samoe.sdk import Age, Field, Manifest
from samoe.sdk.criteria import answers_of, leaves
from samoe.sdk.demo import DemoProvince, DemoRecipe, Draw
from samoe.targetgroups.criteria import QUALIFIES, UNKNOWN, outcome
from samoe.targetgroups.drawing import MISSING, NUMERIC, ON_THE_EDGE, hundreds, near_criteria, number
from samoe.targetgroups.settling import Settle, settling

TRIES = 150
YOUNGEST, OLDEST, EVERY_AGE = 3, 17, range(100)
YEAR = 365
MOST_QUALIFY, SOME_UNKNOWN = 60, 15
"""Per cent of those who are made up."""
TEXT = "ข้อความสมมติ"


@dataclass
class Sampling(Drawing):
    """As ``Drawing``, for a group with or without a recipe. Where an outcome never comes, another does: that criteria
    take nobody is for the rehearsal to show, and no fault of the drawing."""

    amounts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Fields in which institutions ask for money, with what the phase gives at least and at most."""

    def answers(self, random: Random, place: int, district: str, birth: date | None, wanted: str | None) -> Answers:  # noqa: ARG002
        found: Answers = {}
        for _ in range(TRIES):
            found = self._once(random, {})
            if wanted is None or outcome(self._ask(found, birth)) == wanted:
                break
            if wanted == UNKNOWN and self._forget(found, birth):
                break
        return found | {name: hundreds(random, *bounds) for name, bounds in self.amounts.items()}

    def ages(self, random: Random) -> tuple[int, int]:
        """The ages of those who can qualify, with a year more on each side where nothing but age is asked; some ages
        of children where all can."""
        criteria = self.manifest.criteria
        asked = list(leaves(criteria.tree)) if criteria else []
        if not any(isinstance(leaf, Age) for leaf in asked):
            return YOUNGEST, OLDEST
        more = int(all(isinstance(leaf, Age) for leaf in asked))
        fitting = [age for age in EVERY_AGE if self._can(random, age)]
        return (max(0, fitting[0] - more), fitting[-1] + more) if fitting else (YOUNGEST, OLDEST)

    def _can(self, random: Random, age: int) -> bool:
        at = self.under.phase_start or self.under.today
        birth = at - timedelta(days=YEAR * age + YEAR // 2)
        return any(outcome(self._ask(self._once(random, {}), birth)) == QUALIFIES for _ in range(TRIES // 3))

    def _once(self, random: Random, fixed: Any) -> Answers:
        """What the recipe draws, and of the other fields those that the criteria ask for; without a recipe, all."""
        found = super()._once(random, fixed)
        for one in self._undrawn:
            if (value := self._of(random, one)) is not None:
                found[one.slug] = value
        return self._settle(found)

    @cached_property
    def _settle(self) -> Settle:
        """Without what would not have been asked, and with what is worked out."""
        return settling(self.manifest)

    @cached_property
    def _undrawn(self) -> list[Field]:
        drawn, criteria = {draw.field for draw in self.draws}, self.manifest.criteria
        asked = answers_of(criteria.tree) if criteria else frozenset()
        return [one for one in self.manifest.fields if one.slug not in drawn and (not drawn or one.slug in asked)]

    def _of(self, random: Random, one: Field) -> Any:
        if not one.required and random.random() < MISSING:
            return None
        asked = self._edges.get(one.slug, [])
        if asked and random.random() < ON_THE_EDGE:
            return random.choice(asked)
        if one.type in NUMERIC:
            return number(random, one)
        if one.type == "choice":
            return random.choice(one.offered).value if one.offered else None
        if one.type == "choices":
            return [option.value for option in random.sample(one.offered, min(2, len(one.offered)))]
        if one.type == "flag":
            return random.random() < 0.5
        if one.type == "date":
            return (self.under.today - timedelta(days=random.randrange(5 * YEAR))).isoformat()
        if one.type == "scale":
            items = len(self.manifest.scale(str(one.scale)).items)
            return self._marks(random, Draw(one.slug, "marks", least=0, most=max(1, items // 5)), one)
        return TEXT if one.type == "text" else None

    @cached_property
    def _edges(self) -> dict[str, list[Any]]:
        return near_criteria(self.under)


class Sample(Invention):
    """Everybody of a group, drawn by ``Sampling``."""

    def __init__(self, *, seed: int, amounts: dict[str, tuple[int, int]], **given: Any) -> None:
        manifest: Manifest = given["manifest"]
        random = Random(f"{seed}:{manifest.slug}")
        drawing = Sampling(manifest, given["province"], given["under"], amounts=amounts)
        if manifest.demo is None:
            youngest, oldest = drawing.ages(random)
            given["manifest"] = replace(manifest, demo=DemoRecipe(youngest=youngest, oldest=oldest))
        super().__init__(**given)
        self.random, self.drawing = random, drawing


def recipe(code: str, counts: dict[str, int], *, institutions: bool) -> DemoProvince:
    """So many in each district, of whom most qualify, some do not, and of some it is not known."""
    qualifies = _shared(counts, counts, MOST_QUALIFY)
    return DemoProvince(
        code=code,
        by_district=tuple(counts.items()),
        institutions=() if institutions else tuple((district, 2) for district in counts),
        qualifies=qualifies,
        unknown=_shared(counts, {at: counts[at] - yes for at, yes in qualifies}, SOME_UNKNOWN),
        surveyed=True,
    )


def _shared(counts: dict[str, int], room: dict[str, int], per_cent: int) -> tuple[tuple[str, int], ...]:
    """A share of all, whole people in each district: what one has no room for is given to the next."""
    found, so_far, given = list[tuple[str, int]](), 0, 0
    for district, count in counts.items():
        so_far += count
        mine = min(room[district], so_far * per_cent // 100 - given)
        given += mine
        found.append((district, mine))
    return tuple(found)


def spread(districts: list[str], count: int) -> dict[str, int]:
    """So many people over the districts, as evenly as whole people are."""
    each, more = divmod(count, len(districts))
    counts = {code: each + (place < more) for place, code in enumerate(districts)}
    return {code: n for code, n in counts.items() if n}
