"""Reading a letter through before it leaves, and taking it as a PDF."""

from __future__ import annotations

from uuid import UUID

from samoe.audit import record
from samoe.casework.assessments.heading import about
from samoe.casework.enrolments.cases import case
from samoe.casework.letters.writing import letter_of, written
from samoe.files.printing import Letter, letter_pdf
from samoe.i18n import current_locale, gettext
from samoe.identity import Permission
from samoe.kit.problem import Conflict
from samoe.targetgroups.letters import said
from samoe.web import Context, Download, Page, get, post
from samoe.web.marking import mark_of

PATH, TAKE = "/enrolments/{enrolment_id:uuid}/letters/{letter:str}", Permission.EXPORT_PERSONS


@get(PATH, TAKE)
def letter_page(ctx: Context, enrolment_id: UUID, letter: str) -> Page:
    """The letter as it would leave, and what is missing in it."""
    found = case(ctx.db, enrolment_id)
    text = written(ctx.db, found, letter_of(found.manifest, letter), ctx.today)
    return Page(
        "casework/letter.html",
        {**about(ctx, found), "letter": text, "blank": said(text.blank), "version": found.manifest.version},
    )


@post(PATH, TAKE, again=letter_page)
def take_letter(ctx: Context, enrolment_id: UUID, letter: str) -> Download:
    """The PDF. The trail keeps who took it, of whom, and under which version of the group its words stand."""
    found = case(ctx.db, enrolment_id)
    kind, version = letter_of(found.manifest, letter), found.manifest.version
    if ctx.form.text("version") != str(version):
        raise Conflict("ข้อความของหนังสือนี้เปลี่ยนไปแล้ว อ่านฉบับใหม่ก่อนรับไฟล์")
    text = written(ctx.db, found, kind, ctx.today)
    about(ctx, found)
    made = letter_pdf(
        ctx.settings.templates,
        Letter(
            text.sender, text.day, gettext("เรื่อง"), text.subject, text.paragraphs, gettext("ขอแสดงความนับถือ"),
            mark_of(ctx.actor), current_locale(),
        ),
    )  # fmt: skip
    e = found.enrolment
    persons = [str(e.person_id)] if e.person_id else []
    record(
        ctx.db, ctx.actor, "exported", "enrolment", e.id, group=found.group.slug, letter=kind.slug, version=version,
        count=1, persons=persons,
    )  # fmt: skip
    return Download(made, f"{text.subject}.pdf", "application/pdf")


routes = [letter_page, take_letter]
