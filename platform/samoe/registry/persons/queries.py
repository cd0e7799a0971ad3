"""Finding persons and reading who they are. What is out of reach is not found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from samoe.kit import be_date, national_id
from samoe.kit.names import split_full_name
from samoe.kit.problem import NotFound, Problem
from samoe.kit.thai import clean
from samoe.registry.claims.models import IdentifierClaim
from samoe.registry.claims.queries import claimed, claims_of
from samoe.registry.models import Institution, Person, PersonIdentifier, Placement
from samoe.registry.persons.facts import derived
from samoe.tenancy import current

PAGE = 50
SHORTEST = 2
"""Fewer signs than this find half a province."""

Found = Select[UUID, str | None, str, str, date | None, str | None]


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person in a list of results."""

    id: UUID
    title: str | None
    first_name: str
    last_name: str
    birth_date: date | None
    area_code: str | None

    @property
    def name(self) -> str:
        return shown_name(self.title, self.first_name, self.last_name)


@dataclass(frozen=True, slots=True)
class KnownIdentifier:
    """An identifier as it may be shown to anyone who may see the person: masked."""

    id: UUID
    kind: str
    masked: str
    checksum_ok: bool
    valid_from: date | None
    valid_to: date | None
    waits: bool = False
    """Claimed, and not the person's: for who reaches the whole province."""


@dataclass(frozen=True, slots=True)
class PlacedAt:
    """A stay in an institution."""

    institution_id: UUID
    institution: str
    from_on: date | None
    to_on: date | None
    reason: str | None


def shown_name(title: str | None, first_name: str, last_name: str) -> str:
    """A name as it is written: a short title stands close to the first name."""
    gap = "" if title and title.endswith(".") else " " if title and title.isascii() else ""
    return f"{title or ''}{gap}{first_name} {last_name}".strip()


def get(db: Session, person_id: UUID) -> Person:
    """The person, or ``NotFound``. One that was merged into another leads to that other."""
    found = db.get(Person, (current().tenant_id, person_id))
    if found is None:
        raise NotFound
    return get(db, found.merged_into_id) if found.merged_into_id else found


def living(db: Session, person_id: UUID) -> Person:
    """As ``get``, to write to: a record that was erased takes nothing more in."""
    found = get(db, person_id)
    if found.erased_at is not None:
        raise Problem("ข้อมูลของคนนี้ถูกลบแล้ว ถ้ากลับมารับความช่วยเหลือ ให้ขึ้นทะเบียนใหม่")
    return found


def identifiers_of(db: Session, person_id: UUID) -> list[KnownIdentifier]:
    """Every identifier a person has or had, the live ones first. Masked: ``reveal`` shows one in full.

    A number that was claimed stands among them as one that the person has. To who reaches a part of the province it is
    the one they have now, whether or not the service could give it to them.
    """
    rows = db.scalars(
        select(PersonIdentifier)
        .where(PersonIdentifier.tenant_id == current().tenant_id, PersonIdentifier.person_id == person_id)
        .order_by(PersonIdentifier.valid_to.desc().nulls_first(), PersonIdentifier.recorded_at)
    )
    claims, whole = claims_of(db, person_id), current().whole
    said = {} if whole else {one.kind: one for one in claims}
    known, has = [], set()
    for row in rows:
        claim, until = said.get(row.kind), row.valid_to
        if claim is not None and until is None and claim.value != row.value:
            until = claim.valid_from or claim.recorded_at.date()
        known.append(_shown(row, until))
        if until is None:
            has.add((row.kind, row.value))
    added = [one for one in claims if (one.kind, one.value) not in has and not (whole and one.state == "taken")]
    return [*(_shown(one, None) for one in added), *known]


def _shown(row: PersonIdentifier | IdentifierClaim, until: date | None) -> KnownIdentifier:
    return KnownIdentifier(
        row.id, row.kind, national_id.masked(row.value), row.checksum_ok, row.valid_from, until,
        waits=isinstance(row, IdentifierClaim) and current().whole,
    )  # fmt: skip


def by_identifiers(db: Session, values: Collection[str]) -> Mapping[str, UUID]:
    """The persons that hold or held these identifiers, a live holder before a former one, or for whom they are
    claimed."""
    rows = db.execute(
        select(PersonIdentifier.value, PersonIdentifier.person_id)
        .where(PersonIdentifier.tenant_id == current().tenant_id, PersonIdentifier.value.in_(list(values)))
        .order_by(PersonIdentifier.valid_to.desc().nulls_first())
    )
    found: dict[str, UUID] = {}
    for value, person_id in rows:
        found.setdefault(value, person_id)
    for value, person_id in claimed(db, values):
        found.setdefault(value, person_id)
    return found


def by_identifier(db: Session, typed: str) -> UUID | None:
    """The person who holds an identifier, however it was typed."""
    value = national_id.read(typed).value
    return by_identifiers(db, [value]).get(value) if value else None


def by_name(db: Session, first_name: str, last_name: str, birth_date: date | None) -> list[UUID]:
    """Persons of the same normalised name and date of birth. Without a date nobody is the same."""
    if birth_date is None:
        return []
    name = derived(first_name, last_name)
    return list(
        db.scalars(
            select(Person.id).where(
                Person.tenant_id == current().tenant_id, Person.merged_into_id.is_(None),
                Person.sort_key == name["sort_key"], Person.search_name == name["search_name"],
                Person.birth_date == birth_date,
            )
        )
    )  # fmt: skip


def search(db: Session, typed: str, *, limit: int = PAGE) -> list[PersonHit]:
    """Persons by identity number, or by a part of the name: those that begin with it, then those that hold it."""
    text = clean(typed)
    if any(sign.isdigit() for sign in text) and (person_id := by_identifier(db, text)):
        return _hits(db, _persons().where(Person.id == person_id), limit)
    _, first, last = split_full_name(text)
    text = f"{first} {last}".strip()
    if len(text) < SHORTEST:
        return []
    starting = _hits(db, _named(escaped(text) + "%"), limit)
    if len(starting) >= limit:
        return starting
    seen = {hit.id for hit in starting}
    holding = _hits(db, _named(f"%{escaped(text)}%"), limit)
    return [*starting, *(hit for hit in holding if hit.id not in seen)][:limit]


def escaped(text: str) -> str:
    """Text without meaning as a LIKE pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def placements_of(db: Session, person_id: UUID) -> list[PlacedAt]:
    """Where a person is and was, the present first."""
    rows = db.execute(
        select(Placement.institution_id, Institution.name, Placement.from_on, Placement.to_on, Placement.reason)
        .join(
            Institution,
            (Institution.tenant_id == Placement.tenant_id) & (Institution.id == Placement.institution_id),
        )
        .where(Placement.tenant_id == current().tenant_id, Placement.person_id == person_id)
        .order_by(Placement.to_on.desc().nulls_first(), Placement.from_on.desc().nulls_last())
    )
    return [PlacedAt(*row) for row in rows]


def age_of(person: Person, day: date) -> int | None:
    """Full years on a day; None where the day of birth is not known well enough."""
    if person.birth_date is None or person.birth_precision not in {"day", "month", "year"}:
        return None
    return be_date.age_on(person.birth_date, day)


def _persons() -> Found:
    return select(
        Person.id, Person.title, Person.first_name, Person.last_name, Person.birth_date, Person.area_code
    ).where(Person.tenant_id == current().tenant_id, Person.merged_into_id.is_(None))


def _named(pattern: str) -> Found:
    return _persons().where(Person.search_name.ilike(pattern)).order_by(Person.sort_key, Person.id)


def _hits(db: Session, query: Found, limit: int) -> list[PersonHit]:
    return [PersonHit(**row._asdict()) for row in db.execute(query.limit(limit))]
