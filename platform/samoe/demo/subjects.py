"""The subjects of one group in one province: who they are, where, and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from samoe.demo.drawing import Drawing
from samoe.demo.people import Centre, People
from samoe.demo.recipes import by_district
from samoe.intake.judging.judged import Institution, Person
from samoe.sdk import Manifest
from samoe.sdk.demo import Counts, DemoProvince
from samoe.targetgroups.criteria import DOES_NOT, QUALIFIES, UNKNOWN, Circumstances
from samoe.tenancy import areas


@dataclass(slots=True)
class Made:
    """One subject. ``late`` ones were met after all the others."""

    facts: Person | Institution
    answers: dict[str, Any]
    outcome: str | None
    late: bool = False
    submission: str | None = None
    """How far the data of the institution are that this row speaks of; one row says it for each."""


@dataclass
class Invention:
    """Makes up everybody of a group. The same group and province always give the same people."""

    manifest: Manifest
    province: DemoProvince
    people: People
    under: Circumstances
    random: Random = field(init=False)
    drawing: Drawing = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.province.code}:{self.manifest.slug}")
        self.drawing = Drawing(self.manifest, self.province, self.under)

    def all(self) -> list[Made]:
        """Everybody, in the order of a list that goes from village to village."""
        make = self._persons if self.manifest.subject == "person" else self._institutions
        made = [
            subject
            for district, count in by_district(self.province.by_district).items()
            for subject in make(district, count)
        ]
        self._pay(made)
        self._say_complete(made)
        self.people.known[self.manifest.slug] = [one.facts for one in made if isinstance(one.facts, Person)]
        return sorted(made, key=lambda one: (one.facts.subdistrict or "", one.facts.centre or ""))

    def _say_complete(self, made: list[Made]) -> None:
        """Where everybody in the institutions was met, the institutions' data are complete."""
        recipe, seen = self.manifest.demo, set[tuple[str | None, str | None]]()
        for one in made if recipe and recipe.in_institution and self.province.surveyed else ():
            if not one.late and (at := (one.facts.subdistrict, one.facts.centre)) not in seen:
                seen.add(at)
                one.submission = "complete"

    def _persons(self, district: str, count: int) -> Iterator[Made]:
        recipe = self.manifest.demo
        assert recipe is not None  # noqa: S101 (a province without a recipe makes nobody up)
        places: list[Centre | str] = list(self._places(district, count))
        ages, taken = (recipe.youngest, recipe.oldest), set[str]()
        for place, (wanted, at) in enumerate(zip(self._outcomes(district, count), places, strict=True)):
            known_in = next(
                (exact.known_in for exact in self.drawing.exact_for(place, district) if exact.known_in), None
            )
            person = self.people.a_known(self.random, known_in, district, taken, ages) if known_in else None
            if person is None:
                subdistrict, centre = (at, None) if isinstance(at, str) else (at.subdistrict, at)
                person = self.people.invent(
                    self.random, youngest=ages[0], oldest=ages[1], subdistrict=subdistrict, centre=centre
                )
            taken.add(person.identifier or "")
            yield Made(person, self.drawing.answers(self.random, place, district, person.birth, wanted), wanted)

    def _institutions(self, district: str, count: int) -> Iterator[Made]:
        lacking = count - len(self.people.centres[district])
        if lacking > 0:
            self.people.build_centres(self.random, district, lacking)
        chosen = self.random.sample(self.people.centres[district], count)
        states = [state for state, counts in self.province.submissions for _ in range(dict(counts).get(district, 0))]
        for place, (wanted, centre) in enumerate(zip(self._outcomes(district, count), chosen, strict=True)):
            facts = Institution(
                centre=centre.name, subdistrict=centre.subdistrict, district=district, agency=centre.agency
            )  # fmt: skip
            answers = self.drawing.answers(self.random, place, district, None, wanted)
            yield Made(facts, answers, wanted, submission=states[place] if place < len(states) else None)

    def _places(self, district: str, count: int) -> Iterator[Centre | str]:
        """Where each subject of a district is: every centre has somebody, or people live all over the district."""
        recipe = self.manifest.demo
        if recipe is not None and recipe.in_institution:
            wanted = dict(self.province.institutions).get(district, 1)
            centres = self.people.centres[district] or self.people.build_centres(self.random, district, wanted)
            yield from _spread(self.random, centres, count)
        else:
            yield from _spread(self.random, [area.code for area in areas.subdistricts(district)], count)

    def _outcomes(self, district: str, count: int) -> list[str | None]:
        """The outcome that each subject is to have; None where the recipe leaves it to chance."""
        if not self.province.qualifies:
            return [None] * count
        yes, unknown = _of(self.province.qualifies, district), _of(self.province.unknown, district)
        found: list[str | None] = [*[QUALIFIES] * yes, *[UNKNOWN] * unknown, *[DOES_NOT] * (count - yes - unknown)]
        self.random.shuffle(found)
        return found

    def _pay(self, made: list[Made]) -> None:
        """Those who qualify and are not paid were met late; those whose amounts differ had asked for just that."""
        for payments in self.province.payments:
            qualifying = [one for one in made if one.outcome == QUALIFIES]
            for one in qualifying[len(qualifying) - payments.unpaid :]:
                one.late = True
            asked_in = self.manifest.benefit(payments.benefit).requested
            for one, amount in zip(made, payments.amounts, strict=False):
                if asked_in:
                    one.answers[asked_in] = amount


def _of(counts: Counts, district: str) -> int:
    return dict(counts).get(district, 0)


def _spread(random: Random, places: list[Any], count: int) -> list[Any]:
    """Each place once, as far as there are enough subjects, and the others by how large a place happens to be."""
    first = random.sample(places, min(count, len(places)))
    sizes = [random.uniform(0.4, 1.6) for _ in places]
    found = [*first, *random.choices(places, sizes, k=count - len(first))]
    random.shuffle(found)
    return found
