"""The improvement plan of a case: its lines, adding one, and saying that one was carried out."""

from __future__ import annotations

from uuid import UUID

from samoe import files
from samoe.casework.assessments import evidence
from samoe.casework.assessments.heading import about, opens
from samoe.casework.assessments.queries import instrument
from samoe.casework.assessments.sheets import named
from samoe.casework.enrolments.cases import Case, case
from samoe.casework.improvement import actions, forms, queries
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.kit.reading import Reading
from samoe.sdk import Field
from samoe.web import Context, Download, Page, Redirect, get, post, redirect

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


@get("/enrolments/{enrolment_id:uuid}/plan", READ)
def plan(ctx: Context, enrolment_id: UUID) -> Page:
    """What fails now, and what is being done about it."""
    found = case(ctx.db, enrolment_id)
    return _page(ctx, found, _instrument(ctx, found, ctx.typed("field", ctx.query.text("of"))))


@post("/enrolments/{enrolment_id:uuid}/plan", WRITE, again=plan)
def add_line(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Plan something for an item that failed."""
    found = case(ctx.db, enrolment_id)
    field = _instrument(ctx, found, ctx.form.text("field"))
    form = forms.read_planned(ctx.form, queries.failing(found, field), ctx.today)
    actions.plan(ctx.db, ctx.actor, enrolment_id, field, form)
    return redirect(f"/enrolments/{enrolment_id}/plan?of={field.slug}", gettext("เพิ่มในแผนแล้ว"))


@get("/improvements/{improvement_id:uuid}", READ)
def plan_line(ctx: Context, improvement_id: UUID) -> Page:
    """One line, to say that it was carried out."""
    row = queries.line(ctx.db, improvement_id)
    found = case(ctx.db, row.enrolment_id)
    field = _instrument(ctx, found, row.field)
    label = named(found.manifest.scale(field.scale or ""), row.item)
    data = {**about(ctx, found), "field": field, "row": row, "label": label, "today": ctx.today}
    return Page("casework/improvement.html", data)


@post("/improvements/{improvement_id:uuid}", WRITE, again=plan_line)
def finish_line(ctx: Context, improvement_id: UUID) -> Redirect:
    """It was carried out on this day; the picture or paper shows it."""
    row = queries.line(ctx.db, improvement_id)
    found = case(ctx.db, row.enrolment_id)
    _instrument(ctx, found, row.field)
    reading = Reading(ctx.form)
    on = reading.day("done_on", required="กรอกวันที่ทำแล้วเสร็จ")
    if on is not None and on > ctx.today:
        reading.fault("done_on", "วันที่ทำแล้วเสร็จยังมาไม่ถึง ตรวจวันที่อีกครั้ง")
    reading.check()
    paper = evidence.keep(ctx, "document", found)
    actions.done(ctx.db, ctx.actor, improvement_id, on=on or ctx.today, document_id=paper)
    return redirect(f"/enrolments/{row.enrolment_id}/plan?of={row.field}", gettext("บันทึกว่าทำแล้ว"))


@post("/improvements/{improvement_id:uuid}/drop", WRITE, again=plan_line)
def drop_line(ctx: Context, improvement_id: UUID) -> Redirect:
    """Take the line out."""
    row = queries.line(ctx.db, improvement_id)
    back = f"/enrolments/{row.enrolment_id}/plan?of={row.field}"
    _instrument(ctx, case(ctx.db, row.enrolment_id), row.field)
    actions.drop(ctx.db, ctx.actor, improvement_id)
    return redirect(back, gettext("เอาออกจากแผนแล้ว"))


@get("/improvements/{improvement_id:uuid}/file", READ)
def proof(ctx: Context, improvement_id: UUID) -> Download:
    """What shows that it was carried out."""
    row = queries.line(ctx.db, improvement_id)
    found = case(ctx.db, row.enrolment_id)
    _instrument(ctx, found, row.field)
    if row.document_id is None:
        raise NotFound
    about(ctx, found)
    document, content = files.content_of(ctx.db, ctx.settings, row.document_id)
    return Download(content, document.file_name, document.content_type)


def _page(ctx: Context, found: Case, field: Field) -> Page:
    scale = found.manifest.scale(field.scale or "")
    rows = queries.lines(ctx.db, found, field)
    failing = queries.failing(found, field)
    planned = {row.item for row in rows if row.done_on is None}
    return Page(
        "casework/plan.html",
        {
            **about(ctx, found), "field": field, "rows": rows, "failing": failing, "today": ctx.today,
            "labels": {row.item: named(scale, row.item) for row in rows},
            "unplanned": [item for item in failing if item not in planned],
            "open_budget": sum(row.budget for row in rows if row.done_on is None),
            "pays": any(benefit.pays_for == field.slug for benefit in found.manifest.benefits),
            "assessed": isinstance(found.enrolment.answers.get(field.slug), dict),
        },
    )  # fmt: skip


def _instrument(ctx: Context, found: Case, slug: str) -> Field:
    return instrument(found.manifest, slug, sensitive=opens(ctx))


routes = [plan, add_line, plan_line, finish_line, drop_line, proof]
