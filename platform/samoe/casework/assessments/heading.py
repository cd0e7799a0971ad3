"""What the pages of assessments and plans share: whose case it is, and what its reader may open."""

from __future__ import annotations

from samoe.casework.enrolments.cases import Case
from samoe.casework.heading import subject_path
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.registry.institutions import queries as institutions
from samoe.registry.persons import queries as persons
from samoe.registry.persons.actions import shown
from samoe.web import Context


def opens(ctx: Context) -> bool:
    """Whether results of sensitive instruments are shown."""
    return Permission.SENSITIVE_READ in ctx.actor.permissions


def about(ctx: Context, found: Case) -> dict[str, object]:
    """Whose case it is, noted where it is a person's, and the way back."""
    e, manifest, name = found.enrolment, found.manifest, ""
    if e.person_id is not None:
        person = persons.get(ctx.db, e.person_id)
        name = persons.shown_name(person.title, person.first_name, person.last_name)
        shown(ctx.db, ctx.actor, [e.person_id])
    elif e.subject_institution_id is not None:
        name = institutions.get(ctx.db, e.subject_institution_id).name
    return {
        "case": found, "name": name, "back": subject_path(found),
        "group_name": pick(manifest.name.th, manifest.name.en),
    }  # fmt: skip
