"""The province's requests: the list, drafting, sending, withdrawing, answering."""

from __future__ import annotations

from uuid import UUID

from samoe.funding import wording
from samoe.funding.requests import actions, forms, queries
from samoe.funding.requests.models import OPEN
from samoe.funding.requests.page import shown
from samoe.funding.requests.paying import failing
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.amount_words import english_words, thai_words
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.agreements.queries import agreements
from samoe.programmes.benefits.queries import BenefitTerms, benefits
from samoe.programmes.phases.queries import phases
from samoe.programmes.seen import version_seen
from samoe.targetgroups.enabling import enabled
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect
from samoe.web.page import Answer

READ, PREPARE, SUBMIT = Permission.REQUEST_READ, Permission.REQUEST_PREPARE, Permission.REQUEST_SUBMIT


@get("/requests", READ)
def requests(ctx: Context) -> Answer:
    """Every request of the province and where it stands."""
    if ctx.actor.national:
        return redirect("/fund/requests")
    data = {
        "rows": queries.of_province(ctx.db), "budget": queries.budget(ctx.db), "today": ctx.today, "words": wording,
        "agreements": agreements(ctx.db), "open": OPEN,
    }  # fmt: skip
    return Page("funding/requests.html", data)


@get("/requests/new", PREPARE)
def new_request(ctx: Context) -> Page:
    """Choose the agreement under which to ask."""
    numbers = {phase.id: phase.number for phase in phases(ctx.db)}
    return Page("funding/request_new.html", {"agreements": agreements(ctx.db), "phase_numbers": numbers})


@post("/requests/new", PREPARE, again=new_request)
def create_request(ctx: Context) -> Redirect:
    """Begin a draft."""
    chosen = next((one.id for one in agreements(ctx.db) if str(one.id) == ctx.form.text("agreement")), None)
    if chosen is None:
        raise Problem("เลือกข้อตกลงที่คำขอนี้อยู่ภายใต้", field="agreement")
    made = actions.create_request(
        ctx.db, ctx.actor, agreement_id=chosen, note=ctx.form.text("note")[:2000], on=ctx.today
    )
    return redirect(f"/requests/{made}")


@get("/requests/{request_id:uuid}", READ)
def request(ctx: Context, request_id: UUID) -> Answer:
    """A draft to be written, or a sent request with its progress."""
    if ctx.actor.national:
        return redirect(f"/fund/requests/{request_id}")
    found = shown(ctx.db, request_id, ctx.today)
    data = {"shown": found, "words": wording, "today": ctx.today, **_in_words(ctx, found.request.total)}
    if found.request.status == "draft":
        return Page("funding/request_draft.html", {**data, "offers": _offers(ctx, found.request.phase_id)})
    return Page("funding/request.html", data)


@get("/requests/{request_id:uuid}/lines/{benefit_id:uuid}", PREPARE)
def edit_line(ctx: Context, request_id: UUID, benefit_id: UUID) -> Page:
    """How many people, or which institutions."""
    draft = queries.one(ctx.db, request_id)
    offer = _offer(ctx, draft.phase_id, benefit_id)
    now = next((line for line in queries.lines(ctx.db, request_id) if line.benefit_id == benefit_id), None)
    manifest = next(group.manifest for group in enabled(ctx.db) if group.slug == offer.group_slug)
    data = {
        "draft": draft, "offer": offer, "now": now, "words": wording, "subject": manifest.subject,
        "qualifying": queries.qualifying(ctx.db, draft.phase_id, offer.group_slug),
    }  # fmt: skip
    if manifest.subject == "institution":
        amounts = {
            g.institution_id: g.amount for g in queries.grants(ctx.db, request_id) if now and g.line_id == now.id
        }
        items = {g.institution_id: g.items for g in queries.grants(ctx.db, request_id) if now and g.line_id == now.id}
        places = queries.institutions_of(ctx.db, draft.phase_id, offer.group_slug)
        fails = failing(ctx.db, actions.benefit_asked_for(ctx.db, request_id, benefit_id))
        data |= {"places": places, "amounts": amounts, "items": items, "failing": fails}
        return Page("funding/request_grants.html", data)
    return Page("funding/request_people.html", data)


@post("/requests/{request_id:uuid}/lines/{benefit_id:uuid}", PREPARE, again=edit_line)
def put_line(ctx: Context, request_id: UUID, benefit_id: UUID) -> Redirect:
    """Keep the line."""
    draft = queries.one(ctx.db, request_id)
    offer = _offer(ctx, draft.phase_id, benefit_id)
    manifest = next(group.manifest for group in enabled(ctx.db) if group.slug == offer.group_slug)
    if manifest.subject == "institution":
        places = list(queries.institutions_of(ctx.db, draft.phase_id, offer.group_slug))
        grants = forms.read_grant_line(ctx.form, benefit_id, places)
        actions.put_grant_line(ctx.db, ctx.actor, request_id, grants, version_seen(ctx.form))
    else:
        people = forms.read_person_line(ctx.form, benefit_id)
        actions.put_person_line(ctx.db, ctx.actor, request_id, people, version_seen(ctx.form))
    return redirect(f"/requests/{request_id}", _("บันทึกบรรทัดแล้ว"))


@post("/requests/{request_id:uuid}/remove/{line_id:uuid}", PREPARE)
def remove_line(ctx: Context, request_id: UUID, line_id: UUID) -> Redirect:
    """Take a line out."""
    actions.remove_line(ctx.db, ctx.actor, request_id, line_id, version_seen(ctx.form))
    return redirect(f"/requests/{request_id}", _("เอาบรรทัดออกแล้ว"))


@post("/requests/{request_id:uuid}/delete", PREPARE)
def delete_draft(ctx: Context, request_id: UUID) -> Redirect:
    """Throw the draft away."""
    actions.delete_draft(ctx.db, ctx.actor, request_id)
    return redirect("/requests", _("ลบร่างคำขอแล้ว"))


@get("/requests/{request_id:uuid}/send", SUBMIT)
def check_before_sending(ctx: Context, request_id: UUID) -> Page:
    """What is about to be sent, and what cannot be undone."""
    found = shown(ctx.db, request_id, ctx.today)
    if found.request.status != "draft":
        raise NotFound
    return Page("funding/request_send.html", {"shown": found, "words": wording, **_in_words(ctx, found.request.total)})


@post("/requests/{request_id:uuid}/send", SUBMIT, again=check_before_sending)
def send_request(ctx: Context, request_id: UUID) -> Redirect:
    """Send it."""
    number = actions.submit(ctx.db, ctx.actor, request_id, on=ctx.today, seen=version_seen(ctx.form))
    return redirect(f"/requests/{request_id}", _("ส่งคำขอเลขที่ %(number)s แล้ว", number=number))


@get("/requests/{request_id:uuid}/withdraw", SUBMIT)
def check_before_withdrawing(ctx: Context, request_id: UUID) -> Page:
    """Why it is taken back."""
    return Page("funding/request_withdraw.html", {"shown": shown(ctx.db, request_id, ctx.today), "words": wording})


@post("/requests/{request_id:uuid}/withdraw", SUBMIT, again=check_before_withdrawing)
def withdraw(ctx: Context, request_id: UUID) -> Redirect:
    """Take it back."""
    actions.withdraw(ctx.db, ctx.actor, request_id, on=ctx.today, reason=ctx.form.text("reason")[:2000])
    return redirect(f"/requests/{request_id}", _("ถอนคำขอแล้ว"))


@post("/requests/{request_id:uuid}/answers/{question_id:uuid}", PREPARE, again=None)
def answer(ctx: Context, request_id: UUID, question_id: UUID) -> Redirect:
    """Answer one question."""
    back = actions.answer(ctx.db, ctx.actor, question_id, ctx.form.text(f"answer_{question_id}")[:4000], on=ctx.today)
    said = _("ตอบครบแล้ว คำขอกลับไปที่ กสศ.") if back else _("บันทึกคำตอบแล้ว ยังมีคำถามที่รอคำตอบ")
    if not back and not queries.open_questions(ctx.db, request_id):
        said = _("ตอบครบแล้ว ตรวจบรรทัดที่แก้แล้วส่งกลับ กสศ.")
    return redirect(f"/requests/{request_id}", said)


def _offers(ctx: Context, phase_id: UUID) -> list[BenefitTerms]:
    """The benefits of the phase whose groups are on."""
    on = {group.slug for group in enabled(ctx.db)}
    return [one for one in benefits(ctx.db, phase_id) if one.group_slug in on and one.max_amount > 0]


def _offer(ctx: Context, phase_id: UUID, benefit_id: UUID) -> BenefitTerms:
    found = next((one for one in _offers(ctx, phase_id) if one.id == benefit_id), None)
    if found is None:
        raise NotFound
    return found


def _in_words(ctx: Context, total: int) -> dict[str, str]:
    return {"in_words": english_words(total) if ctx.locale == "en" else thai_words(total)}


routes = [
    requests, new_request, create_request, request, edit_line, put_line, remove_line, delete_draft,
    check_before_sending, send_request, check_before_withdrawing, withdraw, answer,
]  # fmt: skip
menu = [MenuItem("คำขอถึง กสศ.", "/requests", READ, order=60, national=False, part="money")]
