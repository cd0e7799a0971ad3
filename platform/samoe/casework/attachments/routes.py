"""Opening a file that answers a question."""

from __future__ import annotations

from uuid import UUID

from samoe import files
from samoe.casework.assessments.heading import about, opens
from samoe.casework.enrolments.cases import Case, case
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit import ids
from samoe.kit.problem import NotFound
from samoe.registry.persons.actions import open_answers
from samoe.sdk import Field
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.former import taken_out
from samoe.web import Context, Download, Page, get, post

PATH = "/enrolments/{enrolment_id:uuid}/attachments/{asked:str}"


@get(PATH, Permission.CASE_READ)
def attachment(ctx: Context, enrolment_id: UUID, asked: str) -> Page | Download:
    """The file; where the question is sensitive and the reader is not always shown such answers, the reason first."""
    found = case(ctx.db, enrolment_id)
    field = _field(ctx, found, asked)
    if field.sensitive and not opens(ctx):
        return _reason(ctx, found, field)
    return _file(ctx, found, field)


def reason_page(ctx: Context, enrolment_id: UUID, asked: str) -> Page:
    """The same question for a reason, with what was wrong with it."""
    found = case(ctx.db, enrolment_id)
    return _reason(ctx, found, _field(ctx, found, asked))


@post(PATH, Permission.PERSON_REVEAL, again=reason_page)
def open_attachment(ctx: Context, enrolment_id: UUID, asked: str) -> Download:
    """The file, once, for a reason that is kept."""
    found = case(ctx.db, enrolment_id)
    field, person_id = _field(ctx, found, asked), found.enrolment.person_id
    if person_id is None:
        raise NotFound
    open_answers(ctx.db, ctx.actor, person_id, ctx.form.text("reason"))
    return _file(ctx, found, field)


def _field(ctx: Context, found: Case, slug: str) -> Field:
    """The question: one that is asked, or one that a later version took out and whose answer is kept."""
    e = found.enrolment
    kept = [slug] if slug in e.answers else []
    former = (one.field for one in taken_out(ctx.db, found.manifest, kept, e.manifest_version))
    field = next((one for one in (*found.manifest.fields, *former) if one.slug == slug and one.type in ATTACHED), None)
    if field is None or _named(found, field) is None:
        raise NotFound
    return field


def _named(found: Case, field: Field) -> UUID | None:
    """The document that the answer names."""
    return ids.read(str(found.enrolment.answers.get(field.slug)))


def _reason(ctx: Context, found: Case, field: Field) -> Page:
    if found.enrolment.person_id is None or not ctx.actor.may(Permission.PERSON_REVEAL):
        raise NotFound
    return Page("casework/attachment.html", {**about(ctx, found), "label": pick(field.label.th, field.label.en)})


def _file(ctx: Context, found: Case, field: Field) -> Download:
    about(ctx, found)
    document_id = _named(found, field)
    if document_id is None:
        raise NotFound
    document, content = files.content_of(ctx.db, ctx.settings, document_id)
    return Download(content, document.file_name, document.content_type)


routes = [attachment, open_attachment]
