"""What a letter says of one case: the group's text with its places filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import Case
from samoe.i18n import current_locale, pick
from samoe.kit import be_format
from samoe.kit.problem import NotFound
from samoe.programmes.programme.queries import lead_on
from samoe.registry.institutions import queries as institutions
from samoe.registry.persons import queries as persons
from samoe.sdk import Manifest
from samoe.sdk.benefits import DocumentKind
from samoe.targetgroups.letters import BLANK, filled
from samoe.tenancy import areas, current


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to be read through: from whom, when, about what, line by line, and what is left blank."""

    sender: str
    day: str
    subject: str
    paragraphs: tuple[str, ...]
    blank: tuple[str, ...]


def letter_of(manifest: Manifest, slug: str) -> DocumentKind:
    """The letter of a group that has a text; ``NotFound`` for anything else."""
    found = next((one for one in letters(manifest) if one.slug == slug), None)
    if found is None:
        raise NotFound
    return found


def letters(manifest: Manifest) -> list[DocumentKind]:
    """The letters that the group has a text for."""
    return [one for one in manifest.documents if one.kind == "letter" and one.text is not None]


def written(db: Session, found: Case, letter: DocumentKind, today: date) -> Written:
    """The letter in the language of the moment."""
    values = _values(db, found, today)
    text = filled(pick(letter.text.th, letter.text.en) if letter.text else "", values)
    nobody = () if values["lead_organisation"] else ("lead_organisation",)
    return Written(
        values["lead_organisation"] or BLANK, values["today"], pick(letter.label.th, letter.label.en), text.paragraphs,
        tuple(dict.fromkeys((*text.blank, *nobody))),
    )  # fmt: skip


def _values(db: Session, found: Case, today: date) -> Mapping[str, str]:
    """What stands at each place; an empty text where it is not known."""
    locale, e, lead = current_locale(), found.enrolment, lead_on(db, today)
    manifest, stage = found.manifest, found.stage
    name = ""
    if e.person_id is not None:
        person = persons.get(db, e.person_id)
        name = persons.shown_name(person.title, person.first_name, person.last_name)
    elif e.subject_institution_id is not None:
        name = institutions.get(db, e.subject_institution_id).name
    return {
        "name": name,
        "group": pick(manifest.name.th, manifest.name.en),
        "stage": pick(stage.label.th, stage.label.en) if stage else "",
        "phase": str(found.phase.number),
        "district": areas.name_of(e.area_code[:4], locale) if e.area_code else "",
        "province": areas.name_of(f"{current().tenant_id:02}", locale),
        "lead_organisation": pick(lead.name_th, lead.name_en) if lead else "",
        "today": be_format.long(today, locale),
    }
