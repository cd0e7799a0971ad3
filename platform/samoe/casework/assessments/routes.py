"""Assessing a case with one of its group's instruments: the history, the sheet part by part, and the result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from samoe import files
from samoe.casework.assessments import actions, evidence, forms, queries
from samoe.casework.assessments.heading import about, opens
from samoe.casework.assessments.queries import Sitting
from samoe.casework.assessments.sheets import (
    Section,
    compare,
    group_of,
    label_of,
    mark_words,
    scale_of,
    sections,
    sources_of,
)
from samoe.casework.enrolments.cases import Case, case
from samoe.i18n import gettext, pick
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.sdk import Field, Scale
from samoe.targetgroups.showing import level_words
from samoe.web import Context, Download, Page, Redirect, get, post, redirect

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


@get("/enrolments/{enrolment_id:uuid}/assessments", READ)
def assessments(ctx: Context, enrolment_id: UUID) -> Page:
    """Every assessment of whom the case is about, with one instrument of the group."""
    found = case(ctx.db, enrolment_id)
    field = _instrument(ctx, found, ctx.query.text("of"))
    rows = queries.of_subject(ctx.db, found, field)
    stands = found.enrolment.answers.get(field.slug)
    editions = {row.id: scale_of(found.manifest, field, row.scale, row.version) for row in rows}
    return Page(
        "casework/assessments.html",
        {
            **about(ctx, found), "field": field, "rows": rows, "editions": editions, "level": level_words,
            "stands": stands if isinstance(stands, dict) else None, "scale": scale_of(found.manifest, field),
            "instruments": queries.instruments(found.manifest, sensitive=opens(ctx)),
            "draft": next((row for row in rows if row.state == "draft"), None), "words": _facts,
        },
    )  # fmt: skip


@get("/enrolments/{enrolment_id:uuid}/assessments/new", WRITE)
def new_assessment(ctx: Context, enrolment_id: UUID) -> Page:
    """The day, and what the instrument asks before its items."""
    found = case(ctx.db, enrolment_id)
    field = _instrument(ctx, found, ctx.typed("field", ctx.query.text("of")))
    asks = [found.manifest.field(slug) for slug in found.manifest.scale(field.scale or "").asks]
    return Page(
        "casework/assessment_new.html",
        {**about(ctx, found), "field": field, "asks": asks, "given": found.enrolment.answers, "today": ctx.today},
    )


@post("/enrolments/{enrolment_id:uuid}/assessments/new", WRITE, again=new_assessment)
def begin(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Open the sheet."""
    found = case(ctx.db, enrolment_id)
    field = _instrument(ctx, found, ctx.form.text("field"))
    form = forms.read_begun(ctx.form, found.manifest, found.manifest.scale(field.scale or ""), ctx.today)
    made = actions.begin(ctx.db, ctx.actor, enrolment_id, field, form)
    return redirect(f"/assessments/{made}/parts/1")


@get("/assessments/{assessment_id:uuid}", READ)
def assessment(ctx: Context, assessment_id: UUID) -> Page:
    """How far the sheet is; once it is finished, the level, what fails, and what changed since the one before."""
    found = _sitting(ctx, assessment_id)
    row, scale = found.row, found.scale
    marks = queries.marks(ctx.db, assessment_id)
    data = {
        **about(ctx, found.case), "sitting": found, "row": row, "scale": scale, "field": found.field,
        "facts": _facts(found.case, row.facts), "marks": marks, "answered": queries.answered,
    }  # fmt: skip
    if row.state == "draft":
        parts = sections(scale, row.facts)
        more = {"parts": parts, "sources": sources_of(scale), **_progress(parts, marks)}
        return Page("casework/assessment_sheet.html", {**data, **more})
    before = _before(queries.of_subject(ctx.db, found.case, found.field), row.id)
    result = row.result or {}
    level = scale.level(str(result.get("level", "")))
    return Page(
        "casework/assessment.html",
        {
            **data, "result": result, "level": level,
            "level_words": level_words, "mark_words": mark_words,
            "failing": [(code, *_spoken(scale, code)) for code in scale.failing(result)],
            "before": before, "changes": compare(scale, (before.result or {}) if before else {}, result),
            "again_on": row.assessed_on + timedelta(days=level.again_after) if level and level.again_after else None,
            "mine": row.made_by is not None and row.made_by == ctx.actor.membership_id,
        },
    )  # fmt: skip


@get("/assessments/{assessment_id:uuid}/parts/{number:int}", WRITE)
def part(ctx: Context, assessment_id: UUID, number: int) -> Page:
    """The items of one part, on a phone."""
    found = _sitting(ctx, assessment_id)
    parts, here = _part(found, number)
    marks = queries.marks(ctx.db, assessment_id)
    return Page(
        "casework/assessment_part.html",
        {
            **about(ctx, found.case), "row": found.row, "scale": found.scale, "parts": parts, "part": here,
            "marks": marks, "given": forms.typed(here, marks), "nothing": forms.DOES_NOT_APPLY,
            **_progress(parts, marks),
        },
    )  # fmt: skip


@post("/assessments/{assessment_id:uuid}/parts/{number:int}", WRITE, again=part)
def save_part(ctx: Context, assessment_id: UUID, number: int) -> Redirect:
    """Keep what was answered, and go on to the next part."""
    found = _sitting(ctx, assessment_id)
    parts, here = _part(found, number)
    actions.put_marks(ctx.db, ctx.actor, assessment_id, forms.read_section(ctx.form, found.scale, here))
    for place, item in enumerate(here.items):
        if (document_id := evidence.keep(ctx, f"file_{place}", found.case)) is not None:
            actions.put_evidence(ctx.db, ctx.actor, assessment_id, item.code, document_id)
    here_again = f"/assessments/{assessment_id}"
    on = f"{here_again}/parts/{number + 1}" if number < len(parts) and not ctx.form.text("stop") else here_again
    return redirect(on, gettext("บันทึกแล้ว"))


@get("/assessments/{assessment_id:uuid}/files/{document_id:uuid}", READ)
def evidence_file(ctx: Context, assessment_id: UUID, document_id: UUID) -> Download:
    """The evidence of an item."""
    about(ctx, _sitting(ctx, assessment_id).case)
    if all(one.document_id != document_id for one in queries.marks(ctx.db, assessment_id).values()):
        raise NotFound
    document, content = files.content_of(ctx.db, ctx.settings, document_id)
    return Download(content, document.file_name, document.content_type)


@post("/assessments/{assessment_id:uuid}/finish", WRITE, again=assessment)
def finish(ctx: Context, assessment_id: UUID) -> Redirect:
    """Work out the result."""
    _sitting(ctx, assessment_id)
    actions.finish(ctx.db, ctx.actor, assessment_id)
    return redirect(f"/assessments/{assessment_id}", gettext("ส่งผลประเมินแล้ว"))


@post("/assessments/{assessment_id:uuid}/reopen", WRITE, again=assessment)
def reopen(ctx: Context, assessment_id: UUID) -> Redirect:
    """Correct what is not certified yet."""
    _sitting(ctx, assessment_id)
    actions.reopen(ctx.db, ctx.actor, assessment_id)
    return redirect(f"/assessments/{assessment_id}")


@post("/assessments/{assessment_id:uuid}/discard", WRITE, again=assessment)
def discard(ctx: Context, assessment_id: UUID) -> Redirect:
    """Throw a sheet away."""
    found = _sitting(ctx, assessment_id)
    back = f"/enrolments/{found.case.enrolment.id}/assessments?of={found.field.slug}"
    actions.discard(ctx.db, ctx.actor, assessment_id)
    return redirect(back, gettext("ลบการประเมินที่กรอกไม่เสร็จแล้ว"))


@post("/assessments/{assessment_id:uuid}/certify", Permission.LIST_CERTIFY, again=assessment)
def certify(ctx: Context, assessment_id: UUID) -> Redirect:
    """Certify the result."""
    _sitting(ctx, assessment_id)
    actions.certify(ctx.db, ctx.actor, assessment_id, on=ctx.today)
    return redirect(f"/assessments/{assessment_id}", gettext("รับรองผลประเมินแล้ว"))


def _instrument(ctx: Context, found: Case, slug: str) -> Field:
    return queries.instrument(found.manifest, slug, sensitive=opens(ctx))


def _sitting(ctx: Context, assessment_id: UUID) -> Sitting:
    return queries.sitting(ctx.db, assessment_id, sensitive=opens(ctx))


def _part(found: Sitting, number: int) -> tuple[list[Section], Section]:
    if found.row.state != "draft":
        raise Problem(actions.NOT_DRAFT)
    parts = sections(found.scale, found.row.facts)
    if not 1 <= number <= len(parts):
        raise NotFound
    return parts, parts[number - 1]


def _progress(parts: Sequence[Section], marks: Any) -> dict[str, object]:
    done = {
        section.number: sum(1 for item in section.items if item.code in marks and queries.answered(marks[item.code]))
        for section in parts
    }
    needed = {section.number: sum(1 for item in section.items if item.kind != "sum") for section in parts}
    total = sum(needed.values())
    counted = sum(min(done[number], needed[number]) for number in needed)
    return {
        "done": done, "needed": needed, "total": total, "count": counted,
        "open": [section for section in parts if done[section.number] < needed[section.number]],
        "progress": counted / total if total else 1,
    }  # fmt: skip


def _spoken(scale: Scale, code: str) -> tuple[str, str]:
    """An item as it is spoken of, with its group where it has no words of its own."""
    label = label_of(scale, code)
    return label, group_of(scale, code) if label == code else ""


def _before(rows: Sequence[Any], row_id: UUID) -> Any:
    """The finished one that this one stands beside: the latest before it."""
    ids = [row.id for row in rows]
    return next((row for row in rows[ids.index(row_id) + 1 :] if row.state != "draft"), None)


def _facts(found: Case, facts: Any) -> list[tuple[str, str]]:
    """What was asked with the sitting, in words."""
    said = []
    for asked in (one for one in found.manifest.fields if one.slug in facts):
        value = facts[asked.slug]
        option = asked.option(value)
        if asked.type == "flag":
            words = gettext("ใช่") if value else gettext("ไม่ใช่")
        else:
            words = pick(option.label.th, option.label.en) if option else str(value)
        said.append((pick(asked.label.th, asked.label.en), words))
    return said


routes = [
    assessments, new_assessment, begin, assessment, part, save_part, evidence_file, finish, reopen, discard, certify,
]  # fmt: skip
