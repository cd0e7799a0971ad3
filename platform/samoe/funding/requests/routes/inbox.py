"""The fund's inbox: a queue on the left, the request on the right; review, ask, recommend, decide."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from samoe.funding import wording
from samoe.funding.ledger.queries import held
from samoe.funding.requests import actions, forms, queries
from samoe.funding.requests.checks import by_reference
from samoe.funding.requests.models import GRANTED, OPEN
from samoe.funding.requests.page import Shown, shown
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.amount_words import english_words, thai_words
from samoe.programmes.released.beside import beside
from samoe.programmes.seen import version_seen
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect
from samoe.web.page import Answer

READ, REVIEW, APPROVE = Permission.REQUEST_READ, Permission.REQUEST_REVIEW, Permission.REQUEST_APPROVE
VIEWS = {
    "mine": ("รอคุณ", ()),
    "open": ("ทั้งหมด", OPEN),
    "asked": ("รอจังหวัด", ("asked",)),
    "done": ("เสร็จแล้ว", (*GRANTED, "refused", "withdrawn")),
}


@get("/fund/requests", READ)
def inbox(ctx: Context) -> Answer:
    """The longest waiting first, and the first of them open."""
    if not ctx.actor.national:
        return redirect("/requests")
    queue, view = _queue(ctx)
    data = {**queue, "listing": True, "shown": None}
    if view:
        data |= _pane(ctx, view[0].id)
    return Page("funding/inbox.html", data)


@get("/fund/requests/{request_id:uuid}", READ)
def review_page(ctx: Context, request_id: UUID) -> Page:
    """One request in the inbox."""
    queue, _view = _queue(ctx)
    return Page("funding/inbox.html", {**queue, "listing": False, **_pane(ctx, request_id)})


@post("/fund/requests/{request_id:uuid}/start", REVIEW)
def start_review(ctx: Context, request_id: UUID) -> Redirect:
    """Take it into review."""
    actions.start_review(ctx.db, ctx.actor, request_id, on=ctx.today)
    return redirect(f"/fund/requests/{request_id}", _("รับคำขอเข้าตรวจแล้ว จังหวัดถอนคำขอไม่ได้แล้ว"))


@post("/fund/requests/{request_id:uuid}/review", REVIEW, again=review_page)
def save_review(ctx: Context, request_id: UUID) -> Redirect:
    """Keep what was said of each line; then go on to asking or recommending where that button was pressed."""
    with queries.in_its_province(ctx.db, request_id):
        now = {
            line.id: forms.VerdictForm(line.verdict or "", line.review_note)
            for line in queries.lines(ctx.db, request_id)
        }
    for line_id, verdict in forms.read_verdicts(ctx.form, list(now)):
        if verdict != now[line_id]:
            actions.judge(ctx.db, ctx.actor, request_id, line_id, verdict, on=ctx.today)
    then = ctx.form.text("then")
    if then == "ask":
        count = actions.ask(
            ctx.db, ctx.actor, request_id, on=ctx.today, question=ctx.form.text("question")[:2000] or None
        )
        return redirect(f"/fund/requests/{request_id}", _("ส่งคำถาม %(n)s ข้อให้จังหวัดแล้ว", n=count))
    if then == "recommend":
        return redirect(f"/fund/requests/{request_id}/recommend")
    return redirect(f"/fund/requests/{request_id}", _("บันทึกข้อเสนอแล้ว"))


@get("/fund/requests/{request_id:uuid}/recommend", REVIEW)
def check_before_recommending(ctx: Context, request_id: UUID) -> Page:
    """What is about to be proposed."""
    return Page("funding/request_recommend.html", _pane(ctx, request_id))


@post("/fund/requests/{request_id:uuid}/recommend", REVIEW, again=check_before_recommending)
def recommend(ctx: Context, request_id: UUID) -> Redirect:
    """Propose it."""
    text, seen = ctx.form.text("text")[:2000], version_seen(ctx.form)
    actions.recommend(ctx.db, ctx.actor, request_id, on=ctx.today, text=text, seen=seen)
    return redirect("/fund/requests", _("เสนอคำขอให้ผู้อนุมัติแล้ว"))


@get("/fund/requests/{request_id:uuid}/decide", APPROVE)
def check_before_deciding(ctx: Context, request_id: UUID) -> Page:
    """Approve in full or part with terms, refuse, or send back to the reviewers."""
    return Page("funding/request_decide.html", _pane(ctx, request_id))


@post("/fund/requests/{request_id:uuid}/approve", APPROVE, again=check_before_deciding)
def approve(ctx: Context, request_id: UUID) -> Redirect:
    """Approve it; the ledger moves."""
    with queries.in_its_province(ctx.db, request_id):
        grants = queries.grants(ctx.db, request_id)
        lines = {
            line.id: [grant.institution_id for grant in grants if grant.line_id == line.id]
            if line.subject == "institution"
            else None
            for line in queries.lines(ctx.db, request_id)
        }
    total = actions.approve(
        ctx.db, ctx.actor, request_id, on=ctx.today, decisions=forms.read_decisions(ctx.form, lines),
        terms=ctx.form.text("terms")[:2000], seen=version_seen(ctx.form),
    )  # fmt: skip
    return redirect(f"/fund/requests/{request_id}", _("อนุมัติ %(amount)s บาทแล้ว", amount=f"{total // 100:,}"))


@post("/fund/requests/{request_id:uuid}/refuse", APPROVE, again=check_before_deciding)
def refuse(ctx: Context, request_id: UUID) -> Redirect:
    """Approve nothing of it."""
    reason, seen = ctx.form.text("reason")[:2000], version_seen(ctx.form)
    actions.refuse(ctx.db, ctx.actor, request_id, on=ctx.today, reason=reason, seen=seen)
    return redirect(f"/fund/requests/{request_id}", _("แจ้งผลไม่อนุมัติแล้ว"))


@post("/fund/requests/{request_id:uuid}/send-back", APPROVE, again=check_before_deciding)
def send_back(ctx: Context, request_id: UUID) -> Redirect:
    """To the reviewers once more."""
    actions.send_back(ctx.db, ctx.actor, request_id, on=ctx.today, reason=ctx.form.text("reason_back")[:2000])
    return redirect("/fund/requests", _("ส่งกลับผู้ตรวจสอบแล้ว"))


def waiting_for(ctx: Context) -> tuple[str, ...]:
    """The states in which a request waits for this member of the fund."""
    if ctx.actor.may(REVIEW):
        return ("submitted", "in_review", "answered")
    return ("recommended",) if ctx.actor.may(APPROVE) else OPEN


def _queue(ctx: Context) -> tuple[dict[str, Any], list[queries.Summary]]:
    view = ctx.query.text("view")
    view = view if view in VIEWS else "mine"
    counts = queries.counts_by_status(ctx.db)
    wanted = {name: states or waiting_for(ctx) for name, (_label, states) in VIEWS.items()}
    rows = queries.inbox(ctx.db, wanted[view])
    tabs = [
        {
            "label": _(label), "href": f"/fund/requests?view={name}", "current": name == view,
            "count": sum(counts.get(status, 0) for status in wanted[name]) if name != "done" else None,
        }
        for name, (label, _states) in VIEWS.items()
    ]  # fmt: skip
    mine = sum(counts.get(status, 0) for status in wanted["mine"])
    data = {"queue": rows, "view": view, "tabs": tabs, "mine": mine, "words": wording, "today": ctx.today}
    return data, rows


def _pane(ctx: Context, request_id: UUID) -> dict[str, Any]:
    with queries.in_its_province(ctx.db, request_id) as province:
        found: Shown = shown(ctx.db, request_id, ctx.today, checked=True)
    counted = beside(ctx.db, province, [line.group_slug for line in found.lines], ctx.today)
    found = replace(found, checks=[*found.checks, *by_reference(found.lines, counted)])
    total = found.request.total
    return {
        "shown": found, "words": wording, "today": ctx.today, "pot": _pot(ctx, found),
        "in_words": english_words(total) if ctx.locale == "en" else thai_words(total),
        "beside": counted,
        "can_review": ctx.actor.may(REVIEW) and found.request.status in {"in_review", "answered"},
    }  # fmt: skip


def _pot(ctx: Context, found: Shown) -> dict[str, int]:
    """The fund's money with this request in it: what there was, what is committed, proposed, and left."""
    left = held(ctx.db, "pot")
    committed = sum(held(ctx.db, kind) for kind in ("committed", "transferred", "refund_received"))
    proposed = (found.verified_total or found.request.total) if found.request.status in OPEN else 0
    return {"whole": left + committed, "committed": committed, "proposed": proposed, "left": left - proposed}


routes = [
    inbox, review_page, start_review, save_review, check_before_recommending, recommend, check_before_deciding,
    approve, refuse, send_back,
]  # fmt: skip
menu = [MenuItem("คำขอจากจังหวัด", "/fund/requests", READ, order=20, national=True)]
