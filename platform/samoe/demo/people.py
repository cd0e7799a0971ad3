"""The invented people and centres of one province. The same province always gets the same ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from samoe.demo import names
from samoe.intake.judging.judged import Person
from samoe.kit import national_id
from samoe.kit.names import fitting_title
from samoe.tenancy import areas

_STRIDE, _SERIALS = 739_391, 1_000_000
"""Serial numbers in an order that does not look counted: the stride has no factor in common with a million."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A place for children, under the local organisation of its subdistrict."""

    name: str
    subdistrict: str
    agency: str

    @property
    def district(self) -> str:
        return self.subdistrict[:4]


@dataclass
class People:
    """Who was invented so far, so that nobody gets a number twice and one person can be in two groups."""

    code: str
    phase_start: date
    known: dict[str, list[Person]] = field(default_factory=dict)
    """Persons by the group in which they were invented."""
    centres: dict[str, list[Centre]] = field(default_factory=lambda: defaultdict(list))
    """Centres by district."""
    serial: int = 0
    """How many numbers are given out; who invents some people apart from the others begins further on."""
    _centre_names: set[tuple[str, str]] = field(default_factory=set)

    def invent(
        self, random: Random, *, youngest: int, oldest: int, subdistrict: str, centre: Centre | None = None
    ) -> Person:
        """Somebody new, of an age in full years at the phase's start."""
        sex = "male" if random.random() < 0.52 else "female"
        last = names.family_name(random)
        birth = self._birth(random, youngest, oldest)
        return Person(
            identifier=self._identifier(random, subdistrict[:4]),
            title=fitting_title(sex, self.age(birth)),
            first=names.given_name(random, sex),
            last=last,
            sex=sex,
            birth=birth,
            house=f"{_up_to(random, 240)}" + (f"/{_up_to(random, 9)}" if random.random() < 0.2 else ""),
            moo=str(_up_to(random, 12)),
            subdistrict=subdistrict,
            district=subdistrict[:4],
            centre=centre.name if centre else None,
            agency=centre.agency if centre else None,
            guardian=names.guardian_name(random, last),
            phones=(_phone(random),) if random.random() < 0.85 else None,
        )

    def a_known(
        self, random: Random, group: str, district: str, taken: set[str], ages: tuple[int, int]
    ) -> Person | None:
        """Somebody of another group who lives in the district and fits by age; None if there is nobody."""
        fitting = [
            person
            for person in self.known.get(group, ())
            if person.district == district and person.identifier and person.identifier not in taken
            and person.birth is not None and ages[0] <= self.age(person.birth) <= ages[1]
        ]  # fmt: skip
        return random.choice(fitting) if fitting else None

    def build_centres(self, random: Random, district: str, count: int) -> list[Centre]:
        """So many centres, spread over all subdistricts of a district."""
        places = [area.code for area in areas.subdistricts(district)]
        random.shuffle(places)
        chosen = [places[number % len(places)] for number in range(count)]
        made = [self._build(random, subdistrict) for subdistrict in chosen]
        self.centres[district] += made
        return made

    def age(self, birth: date) -> int:
        """Full years on the phase's first day."""
        at = self.phase_start
        return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day))

    def _build(self, random: Random, subdistrict: str) -> Centre:
        name = names.village_name(random)
        while (subdistrict, name) in self._centre_names:
            name = names.village_name(random)
        self._centre_names.add((subdistrict, name))
        kind = "เทศบาลตำบล" if int(subdistrict) % 3 == 0 else "อบต."
        return Centre(name, subdistrict, f"{kind}{areas.name_of(subdistrict)}")

    def _birth(self, random: Random, youngest: int, oldest: int) -> date:
        at = self.phase_start
        latest = at.replace(year=at.year - youngest)
        earliest = at.replace(year=at.year - oldest - 1) + timedelta(days=1)
        return earliest + timedelta(days=_up_to(random, (latest - earliest).days))

    def _identifier(self, random: Random, district: str) -> str | None:
        """A number that belongs to nobody: its sixth digit is 9. Some have no number, or one for schools only."""
        self.serial += 1
        serial = f"{self.serial * _STRIDE % _SERIALS:06}"
        lot = random.random()
        if lot < 0.004:
            return None
        if lot < 0.012:
            return f"G{self.code}9{serial}{district[2:4]}0"
        twelve = f"{'0' if lot < 0.02 else '1'}{district}9{serial}"
        return twelve + national_id.check_digit(twelve)


def _phone(random: Random) -> str:
    """A number that rings nowhere: its middle is 000."""
    return f"0{'689'[int(random.random() * 3)]}{int(random.random() * 10)}000{int(random.random() * 10_000):04}"


def _up_to(random: Random, most: int) -> int:
    """A number from 1 on; many times faster than ``randint``, which counts for tens of thousands of people."""
    return 1 + int(random.random() * most)
