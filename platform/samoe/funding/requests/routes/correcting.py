"""The province corrects the lines that the fund asked about, and sends the request again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samoe.funding import wording
from samoe.funding.requests import actions, corrections, forms, queries
from samoe.funding.requests.page import shown
from samoe.funding.requests.paying import failing
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.amount_words import english_words, thai_words
from samoe.kit.problem import NotFound
from samoe.programmes.benefits.queries import BenefitTerms, benefits
from samoe.programmes.seen import version_seen
from samoe.web import Context, Page, Redirect, get, post, redirect

PREPARE, SUBMIT = Permission.REQUEST_PREPARE, Permission.REQUEST_SUBMIT


@get("/requests/{request_id:uuid}/correct/{line_id:uuid}", PREPARE)
def edit_asked_line(ctx: Context, request_id: UUID, line_id: UUID) -> Page:
    """What was sent beside what it shall be, for a line that the fund asked about."""
    request, line, terms = _asked_line(ctx, request_id, line_id)
    now = next((one for one in corrections.waiting(ctx.db, request_id) if one.line_id == line_id), None)
    sent = [grant for grant in queries.grants(ctx.db, request_id) if grant.line_id == line_id]
    data: dict[str, Any] = {
        "request": request, "line": line, "terms": terms, "now": now, "words": wording,
        "qualifying": queries.qualifying(ctx.db, request.phase_id, line.group_slug),
        "asked": [one for one in queries.questions(ctx.db, request_id) if one.line_id == line_id],
        "old": {grant.institution_id: grant.amount for grant in sent},
        "amounts": {grant.institution_id: grant.amount for grant in (now.grants if now else sent)},
    }  # fmt: skip
    if line.subject == "institution":
        data["places"] = queries.institutions_of(ctx.db, request.phase_id, line.group_slug)
        data["items"] = {grant.institution_id: grant.items for grant in (now.grants if now else sent)}
        data["failing"] = failing(ctx.db, actions.benefit_asked_for(ctx.db, request_id, line.benefit_id))
    return Page("funding/request_correct.html", data)


@post("/requests/{request_id:uuid}/correct/{line_id:uuid}", PREPARE, again=edit_asked_line)
def correct_line(ctx: Context, request_id: UUID, line_id: UUID) -> Redirect:
    """Keep the correction; the fund sees it when the request is sent again."""
    request, line, _terms = _asked_line(ctx, request_id, line_id)
    form: forms.PersonLineForm | forms.GrantLineForm
    if line.subject == "institution":
        places = list(queries.institutions_of(ctx.db, request.phase_id, line.group_slug))
        form = forms.read_grant_line(ctx.form, line.benefit_id, places)
    else:
        form = forms.read_person_line(ctx.form, line.benefit_id)
    changed = actions.correct(
        ctx.db, ctx.actor, request_id, line_id, form, on=ctx.today, seen=version_seen(ctx.form)
    )  # fmt: skip
    said = _("บันทึกที่แก้แล้ว กสศ. จะเห็นเมื่อส่งกลับ") if changed else _("ค่าเท่ากับที่ส่งไป จึงไม่มีการแก้บรรทัดนี้")
    return redirect(f"/requests/{request_id}#questions", said)


@post("/requests/{request_id:uuid}/correct/{line_id:uuid}/drop", PREPARE)
def drop_correction(ctx: Context, request_id: UUID, line_id: UUID) -> Redirect:
    """Leave the line as it was sent."""
    actions.drop_correction(ctx.db, ctx.actor, request_id, line_id, version_seen(ctx.form))
    return redirect(f"/requests/{request_id}#questions", _("บรรทัดนี้คงเดิมตามที่ส่งไป"))


@get("/requests/{request_id:uuid}/resend", SUBMIT)
def check_before_resending(ctx: Context, request_id: UUID) -> Page:
    """The answers and the corrected lines, before and after, with the new total."""
    found = shown(ctx.db, request_id, ctx.today)
    if found.request.status != "asked":
        raise NotFound
    total = found.corrected_total
    words = english_words(total) if ctx.locale == "en" else thai_words(total)
    return Page("funding/request_resend.html", {"shown": found, "words": wording, "in_words": words})


@post("/requests/{request_id:uuid}/resend", SUBMIT, again=check_before_resending)
def resend(ctx: Context, request_id: UUID) -> Redirect:
    """Send it again."""
    actions.resubmit(ctx.db, ctx.actor, request_id, on=ctx.today, seen=version_seen(ctx.form))
    return redirect(f"/requests/{request_id}", _("ส่งคำขอกลับไปที่ กสศ. แล้ว"))


def _asked_line(ctx: Context, request_id: UUID, line_id: UUID) -> tuple[Any, queries.Line, BenefitTerms]:
    """The request, its line and the terms of its benefit, if the line may be corrected now."""
    request = queries.one(ctx.db, request_id)
    may = corrections.asked_about(queries.questions(ctx.db, request_id), request.round)
    line = queries.line(ctx.db, request_id, line_id)
    if request.status != "asked" or line_id not in may:
        raise NotFound
    terms = next(one for one in benefits(ctx.db, request.phase_id) if one.id == line.benefit_id)
    return request, line, terms


routes = [edit_asked_line, correct_line, drop_correction, check_before_resending, resend]
