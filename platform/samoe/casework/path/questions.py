"""Questions that somebody is to be asked: follow-ups of a kind of their own, due until the answer is there.

The database closes them when it is, whichever way it comes (``answers_settle_questions``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.casework.models import Enrolment, FollowUp
from samoe.i18n import gettext, pick
from samoe.sdk import Manifest

QUESTION = "answer:"
"""What the kind of such a follow-up begins with; the question's slug follows."""
BORN = "birth_date"
"""Asked like a question, though it is no answer of the case."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question to ask: what, by when, and where its answer is written down."""

    follow_up_id: UUID
    label: str
    due_on: date
    href: str


def is_question(kind: str) -> bool:
    """Whether a follow-up asks for an answer, not for a visit."""
    return kind.startswith(QUESTION)


def words(manifest: Manifest, kind: str) -> str:
    """What a follow-up is for, as people read it: a visit of the group, or a question to ask."""
    slug = kind.removeprefix(QUESTION)
    if not is_question(kind):
        found = next((one for one in manifest.encounters if one.slug == kind), None)
        return pick(found.label.th, found.label.en) if found else kind
    if slug == BORN:
        return gettext("ถามวันเกิด")
    field = next((one for one in manifest.fields if one.slug == slug), None)
    return gettext("ถาม “%(what)s”", what=pick(field.label.th, field.label.en) if field else slug)


def answered_at(manifest: Manifest, kind: str, enrolment_id: UUID, person_id: UUID | None) -> str:
    """The page on which the answer is written down."""
    slug = kind.removeprefix(QUESTION)
    if slug == BORN and person_id is not None:
        return f"/people/{person_id}/edit"
    if any(field.slug == slug and field.type == "scale" for field in manifest.fields):
        return f"/enrolments/{enrolment_id}/assessments?of={slug}"
    return f"/enrolments/{enrolment_id}/answers#f-a_{slug}"


def open_of(manifest: Manifest, e: Enrolment, follow_ups: list[FollowUp]) -> list[Open]:
    """The questions among somebody's follow-ups that are due, the soonest first."""
    return [
        Open(row.id, words(manifest, row.kind), row.due_on, answered_at(manifest, row.kind, e.id, e.person_id))
        for row in follow_ups
        if row.state == "due" and is_question(row.kind)
    ]
