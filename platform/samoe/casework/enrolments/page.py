"""The page of one person, or of one institution: everything on it, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.audit.models import RowHistory
from samoe.casework.assessments.sheets import scale_of
from samoe.casework.enrolments.asking import spoken_of
from samoe.casework.enrolments.cases import Case, case
from samoe.casework.enrolments.hooks import Own, own
from samoe.casework.enrolments.timeline import place_of
from samoe.casework.models import Enrolment, FollowUp, Referral
from samoe.casework.path.questions import Open, is_question, open_of, words
from samoe.casework.screening.checks import Check, checks, closed_words, value_of
from samoe.casework.screening.queries import Receipt, explain_in_force, receipts
from samoe.i18n import current_locale, gettext, pick
from samoe.kit import be_date, be_format
from samoe.registry.institutions import queries as institutions
from samoe.registry.models import Institution, Person
from samoe.registry.persons import queries as persons
from samoe.sdk import Field, Manifest, Stage
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.former import taken_out
from samoe.targetgroups.showing import level_words, result_words
from samoe.tenancy import areas, current


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the line of this enrolment."""

    label: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done next."""

    title: str
    due: date | None
    follow_up_id: UUID | None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands now of one instrument: its level in words, and how many items fail. None where not assessed yet."""

    slug: str
    label: str
    level: str | None
    lowest: int | None


@dataclass(frozen=True, slots=True)
class Linked:
    """What is not shown on the page itself: words that lead to it."""

    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Card:
    """One enrolment on the page."""

    case: Case
    steps: list[Step]
    checks: list[Check]
    version: int | None
    receipt: Receipt | None
    answers: list[tuple[str, str | Linked]]
    former: list[tuple[str, str | Linked]]
    found: list[Found]
    referrals: list[tuple[Referral, str]]
    follow_ups: list[FollowUp]
    questions: list[Open]
    next: Next | None
    moves: list[Stage]
    own: Own

    @property
    def open_referral(self) -> Referral | None:
        return next((row for row, _ in self.referrals if row.state in ("sent", "accepted")), None)


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """Who, and every enrolment of theirs that the reader may see, the latest phase first."""

    person: Person | None
    institution: Institution | None
    name: str
    cards: list[Card]
    identifiers: list[persons.KnownIdentifier]
    placements: list[persons.PlacedAt]

    def place(self, locale: str) -> str:
        """Subdistrict and district of the home, or of the institution."""
        code = self.person.area_code if self.person else self.institution.area_code if self.institution else None
        if not code:
            return gettext("ไม่ทราบที่อยู่")
        if len(code) < 6:
            return gettext("อ.%(district)s", district=areas.name_of(code, locale))
        where = {"sub": areas.name_of(code, locale), "district": areas.name_of(code[:4], locale)}
        return gettext("ต.%(sub)s อ.%(district)s", **where)

    def age_words(self, day: date) -> str:
        """Years and months; years alone where the day of birth is not known."""
        person = self.person
        if person is None or person.birth_date is None:
            return ""
        years = be_date.age_on(person.birth_date, day)
        if person.birth_precision != "day":
            return gettext("ราว %(years)s ปี", years=years)
        months = (day.month - person.birth_date.month - (day.day < person.birth_date.day)) % 12
        return gettext("%(years)s ปี %(months)s เดือน", years=years, months=months)


def person_page(db: Session, person_id: UUID, today: date, *, sensitive: bool) -> SubjectPage:
    """The page of a person. ``NotFound`` out of reach. ``sensitive`` opens the answers to sensitive questions."""
    person = persons.get(db, person_id)
    name = persons.shown_name(person.title, person.first_name, person.last_name)
    cards = _cards(db, Enrolment.person_id == person.id, today, sensitive=sensitive)
    return SubjectPage(
        person, None, name, cards, persons.identifiers_of(db, person.id), persons.placements_of(db, person.id)
    )


def institution_page(db: Session, institution_id: UUID, today: date, *, sensitive: bool) -> SubjectPage:
    """The page of an institution that is itself a member of a target group."""
    found = institutions.get(db, institution_id)
    cards = _cards(db, Enrolment.subject_institution_id == found.id, today, sensitive=sensitive)
    return SubjectPage(None, found, found.name, cards, [], [])


def _cards(db: Session, which: Any, today: date, *, sensitive: bool) -> list[Card]:
    groups = [group.id for group in enabled(db)]
    ids = db.scalars(
        select(Enrolment.id)
        .where(Enrolment.tenant_id == current().tenant_id, which, Enrolment.group_id.in_(groups))
        .order_by(Enrolment.id.desc())
    ).all()
    cards = [card(db, case(db, enrolment_id), today, sensitive=sensitive) for enrolment_id in ids]
    return sorted(cards, key=lambda one: (-one.case.phase.number, one.case.manifest.order))


def card(db: Session, found: Case, today: date, *, sensitive: bool) -> Card:
    """One enrolment with its way, its decision and why, and what comes next."""
    explained = explain_in_force(db, found, today=today)
    given = receipts(db, found.enrolment.id)
    follow_ups = _rows(db, FollowUp, found, FollowUp.due_on)
    said = own(db, found, _been(db, found.enrolment), today, sensitive=sensitive)
    clauses = [] if explained is None else checks(explained[1], explained[2], sensitive=sensitive)
    return Card(
        case=found, steps=_steps(db, found), checks=clauses,
        version=explained[0].number if explained else None,
        receipt=given[0] if given and given[0].superseded_at is None else None,
        answers=answers_of(db, found, sensitive=sensitive), former=former_of(db, found, sensitive=sensitive),
        found=_found(found, sensitive=sensitive),
        referrals=[(row, place_of(found.manifest, row)) for row in _rows(db, Referral, found, Referral.sent_on.desc())],
        follow_ups=[row for row in follow_ups if not is_question(row.kind)],
        questions=open_of(found.manifest, found.enrolment, follow_ups),
        next=_next(found, follow_ups, said.next_due), moves=_moves(found), own=said,
    )  # fmt: skip


def _steps(db: Session, found: Case) -> list[Step]:
    """The stages that were gone through, with their days; where it is; and what lies ahead."""
    e, here = found.enrolment, found.stage
    been = _been(db, e)
    steps = []
    reached = here is None
    for stage in found.manifest.stages:
        label = pick(stage.label.th, stage.label.en)
        if here is not None and stage.slug == here.slug:
            reached = True
            state = "done" if stage.kind == "done" else "stuck" if stage.kind == "dropped" else "here"
            steps.append(Step(label, state, _on(e.status_on)))
        elif stage.slug in been and stage.kind != "dropped":
            steps.append(Step(label, "done", _on(been[stage.slug])))
        elif reached and stage.kind != "dropped" and not (here and here.kind == "dropped"):
            steps.append(Step(label, "later", ""))
    return steps


def _been(db: Session, e: Enrolment) -> dict[str, date | None]:
    """The stages that the history of the row remembers, with the day each was reached."""
    rows = db.execute(
        select(RowHistory.before["status"].astext, RowHistory.before["status_on"].astext)
        .where(
            RowHistory.tenant_id == current().tenant_id, RowHistory.table_name == "enrolments",
            RowHistory.row_id == str(e.id),
        )
        .order_by(RowHistory.recorded_at.desc())
    )  # fmt: skip
    return {status: date.fromisoformat(on) if on else None for status, on in rows}


def _on(day: date | None) -> str:
    return be_format.short(day, current_locale()) if day else ""


def answers_of(db: Session, found: Case, *, sensitive: bool) -> list[tuple[str, str | Linked]]:
    """What is answered so far, in words; answers to sensitive questions only where they are opened. A file is a link,
    which asks for the reason itself where one is needed."""
    given = found.enrolment.answers
    names = spoken_of(db, found.manifest, [given])
    return [
        (
            pick(field.label.th, field.label.en),
            _answer(found, field, names, opened=sensitive or not field.sensitive),
        )
        for field in in_sections(found.manifest)
        if field.slug in given and field.type != "scale"
    ]


def former_of(db: Session, found: Case, *, sensitive: bool) -> list[tuple[str, str | Linked]]:
    """Answers to questions that are not asked any more, as the version that asked them says, with its number."""
    e = found.enrolment
    said = []
    for one in taken_out(db, found.manifest, e.answers, e.manifest_version):
        field, opened = one.field, sensitive or not one.field.sensitive
        label = {"label": pick(field.label.th, field.label.en), "n": one.manifest.version}
        if field.type == "scale" and opened:
            answer: str | Linked = result_words(scale_of(one.manifest, field), e.answers[field.slug])
        else:
            answer = _answer(found, field, spoken_of(db, one.manifest, [e.answers]), opened=opened)
        said.append((gettext("%(label)s (ฉบับที่ %(n)s)", **label), answer))
    return said


def _answer(found: Case, field: Field, names: Mapping[str, str], *, opened: bool) -> str | Linked:
    e = found.enrolment
    if field.type in ATTACHED and (opened or e.person_id is not None):
        said = value_of(field, e.answers[field.slug]) if opened else closed_words()
        return Linked(said, f"/enrolments/{e.id}/attachments/{field.slug}")
    return value_of(field, e.answers[field.slug], names) if opened else closed_words()


def in_sections(manifest: Manifest) -> list[Field]:
    """The fields in the order of the form: those of no section first, then section by section."""
    order = [section.slug for section in manifest.sections]
    return sorted(manifest.fields, key=lambda field: order.index(field.section) if field.section else -1)


def _found(found: Case, *, sensitive: bool) -> list[Found]:
    """The instruments of the group that the reader may open."""
    stands = []
    for field in found.manifest.fields:
        if field.type == "scale" and (sensitive or not field.sensitive):
            result = found.enrolment.answers.get(field.slug)
            known = result if isinstance(result, dict) and result.get("scores") else None
            level = level_words(scale_of(found.manifest, field), known) if known else None
            stands.append(
                Found(field.slug, pick(field.label.th, field.label.en), level, known.get("lowest") if known else None)
            )
    return stands


def _next(found: Case, follow_ups: Sequence[FollowUp], by_hook: date | None) -> Next | None:
    due = next((row for row in follow_ups if row.state == "due" and not is_question(row.kind)), None)
    stage = found.stage
    if due is not None:
        title = words(found.manifest, due.kind)
        if due.month:
            title = gettext("%(what)s %(month)s เดือน", what=title, month=due.month)
        return Next(title, due.due_on, due.id, due.kind)
    if stage is None or stage.kind != "open":
        return None
    after = [one for one in found.manifest.stages if one.slug in stage.next and one.kind != "dropped"]
    title = pick(after[0].label.th, after[0].label.en) if after else pick(stage.label.th, stage.label.en)
    on = found.enrolment.status_on
    return Next(title, on + timedelta(days=stage.due_after) if on and stage.due_after is not None else by_hook, None)


def _moves(found: Case) -> list[Stage]:
    stage = found.stage
    return [one for one in found.manifest.stages if stage is not None and one.slug in stage.next]


def _rows(db: Session, table: Any, found: Case, order: Any) -> list[Any]:
    query = select(table).where(table.tenant_id == current().tenant_id, table.enrolment_id == found.enrolment.id)
    return list(db.scalars(query.order_by(order)))
