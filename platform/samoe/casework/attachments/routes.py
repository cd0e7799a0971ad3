"""Opening a file that answers a question."""

from __future__ import annotations

from uuid import UUID

from samoe import files
from samoe.casework.assessments.heading import about, opens
from samoe.casework.attachments.actions import attached
from samoe.casework.enrolments.cases import Case, case
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.registry.persons.actions import open_answers
from samoe.sdk import Field
from samoe.sdk.fields import ATTACHED
from samoe.web import Context, Download, Page, get, post

PATH = "/enrolments/{enrolment_id:uuid}/attachments/{asked:str}"


@get(PATH, Permission.CASE_READ)
def attachment(ctx: Context, enrolment_id: UUID, asked: str) -> Page | Download:
    """The file; where the question is sensitive and the reader is not always shown such answers, the reason first."""
    found = case(ctx.db, enrolment_id)
    field = _field(found, asked)
    if field.sensitive and not opens(ctx):
        return _reason(ctx, found, field)
    return _file(ctx, found, field)


def reason_page(ctx: Context, enrolment_id: UUID, asked: str) -> Page:
    """The same question for a reason, with what was wrong with it."""
    found = case(ctx.db, enrolment_id)
    return _reason(ctx, found, _field(found, asked))


@post(PATH, Permission.PERSON_REVEAL, again=reason_page)
def open_attachment(ctx: Context, enrolment_id: UUID, asked: str) -> Download:
    """The file, once, for a reason that is kept."""
    found = case(ctx.db, enrolment_id)
    field, person_id = _field(found, asked), found.enrolment.person_id
    if person_id is None:
        raise NotFound
    open_answers(ctx.db, ctx.actor, person_id, ctx.form.text("reason"))
    return _file(ctx, found, field)


def _field(found: Case, slug: str) -> Field:
    field = next((one for one in found.manifest.fields if one.slug == slug and one.type in ATTACHED), None)
    if field is None or slug not in attached(found.manifest, found.enrolment.answers):
        raise NotFound
    return field


def _reason(ctx: Context, found: Case, field: Field) -> Page:
    if found.enrolment.person_id is None or not ctx.actor.may(Permission.PERSON_REVEAL):
        raise NotFound
    return Page("casework/attachment.html", {**about(ctx, found), "label": pick(field.label.th, field.label.en)})


def _file(ctx: Context, found: Case, field: Field) -> Download:
    about(ctx, found)
    named = attached(found.manifest, found.enrolment.answers)
    document, content = files.content_of(ctx.db, ctx.settings, named[field.slug])
    return Download(content, document.file_name, document.content_type)


routes = [attachment, open_attachment]
