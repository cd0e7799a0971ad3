"""What the pages of a pair show: the two records line by line, and what each of them is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.merging.saying import said
from samoe.casework.models import Enrolment
from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.kit import be_format
from samoe.programmes.models import Phase
from samoe.registry.duplicates.queries import CHOICES, Pair, same_numbers
from samoe.registry.models import Person
from samoe.registry.persons.queries import KnownIdentifier, identifiers_of, placements_of, shown_name
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.stages import stage_of
from samoe.tenancy import current

CHOICE_LABELS = {
    "title": "คำนำหน้า",
    "name": "ชื่อและนามสกุล",
    "sex": "เพศ",
    "birth": "วันเกิด",
    "address": "ที่อยู่",
    "phones": "โทรศัพท์",
    "guardian": "ผู้ปกครอง",
}
REASON_WORDS = {"same_name_and_birth_date": "ชื่อและวันเกิดตรงกัน", "same_identifier": "เลขประจำตัวตรงกัน"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that both records say something of, in words; ``choice`` is chosen between, or nothing is."""

    label: str
    first: str
    second: str
    differs: bool
    choice: str | None = None
    suggested: UUID | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One of the two."""

    id: UUID
    name: str
    since: str
    groups: tuple[str, ...]


def lines(db: Session, pair: Pair, locale: str) -> list[Line]:
    """The comparison, what differs first in the order of a form. Identity numbers are masked, as everywhere."""
    found = [
        Line(
            _(CHOICE_LABELS[choice]), said(pair.first, choice, locale), said(pair.second, choice, locale),
            pair.differs(choice), choice if pair.differs(choice) else None, pair.suggested(choice),
        )
        for choice in CHOICES
    ]  # fmt: skip
    numbers = (identifiers_of(db, pair.first.id), identifiers_of(db, pair.second.id))
    told = [" · ".join(_number(one) for one in mine) for mine in numbers]
    found.append(Line(_("เลขประจำตัว"), told[0], told[1], not same_numbers(db, pair)))
    places = [
        " · ".join(p.institution for p in placements_of(db, one.id) if p.to_on is None)
        for one in (pair.first, pair.second)
    ]
    found.append(Line(_("อยู่ที่"), places[0], places[1], places[0] != places[1]))
    return found


def records(db: Session, pairs: Sequence[Pair], locale: str) -> list[tuple[Record, Record]]:
    """The two heads of each comparison."""
    groups = _groups(db, [one.id for pair in pairs for one in (pair.first, pair.second)])

    def record(one: Person) -> Record:
        since = be_format.short(one.recorded_at.date(), locale)
        return Record(
            one.id, shown_name(one.title, one.first_name, one.last_name), since, tuple(groups.get(one.id, ()))
        )

    return [(record(pair.first), record(pair.second)) for pair in pairs]


def differing(pair: Pair) -> list[str]:
    """What the two say otherwise, in words."""
    return [_(label) for choice, label in CHOICE_LABELS.items() if pair.differs(choice)]


def _number(known: KnownIdentifier) -> str:
    return known.masked if known.valid_to is None else _("%(number)s (เลขเดิม)", number=known.masked)


def _groups(db: Session, person_ids: list[UUID]) -> dict[UUID, list[str]]:
    """Of each record: group, phase and stage, as far as the reader may see."""
    e, p = Enrolment, Phase
    known = {group.id: group for group in enabled(db)}
    rows = db.execute(
        select(e.person_id, e.group_id, e.status, p.number)
        .join(p, (p.tenant_id == e.tenant_id) & (p.id == e.phase_id))
        .where(e.tenant_id == current().tenant_id, e.person_id.in_(person_ids))
        .order_by(p.number.desc(), e.id)
    )
    found: dict[UUID, list[str]] = {}
    for person_id, group_id, status, number in rows:
        if person_id is not None and (group := known.get(group_id)):
            stage = stage_of(group.manifest, status)
            words = _(
                "%(group)s ระยะที่ %(n)s: %(stage)s", group=pick(group.manifest.name.th, group.manifest.name.en),
                n=number, stage=pick(stage.label.th, stage.label.en) if stage else status,
            )  # fmt: skip
            found.setdefault(person_id, []).append(words)
    return found
