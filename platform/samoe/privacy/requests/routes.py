"""The desk for requests of data subjects: the list with its clock, one request, registering and answering."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.privacy.erasures.queries import of_request
from samoe.privacy.holds import queries as holds
from samoe.privacy.requests import actions, queries, words
from samoe.privacy.requests.forms import read_asking
from samoe.registry.persons import queries as persons
from samoe.registry.persons.actions import opened, shown
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

READ, WORK, DECIDE = Permission.PRIVACY_READ, Permission.PRIVACY_REQUEST, Permission.PRIVACY_MANAGE
MOST = 10


@get("/privacy", READ)
def desk(ctx: Context) -> Page:
    """Every request that waits, the most pressing first, and the latest that were answered."""
    return Page("privacy/requests.html", _desk(ctx, None))


@post("/privacy/people", WORK, again=desk)
def about_whom(ctx: Context) -> Page:
    """Find whom a request is about. Sent as a form: neither a name nor a number belongs into an address."""
    reading = Reading(ctx.form)
    typed = reading.text("child", required="พิมพ์ชื่อหรือเลขประจำตัว", longest=100)
    reading.check()
    return Page("privacy/requests.html", _desk(ctx, persons.search(ctx.db, typed, limit=MOST)))


@get("/privacy/people/{person_id:uuid}", WORK)
def about_person(ctx: Context, person_id: UUID) -> Page:
    """The requests about one person, holds on their data, and the form for one more request."""
    person = persons.get(ctx.db, person_id)
    opened(ctx.db, ctx.actor, person.id)
    records = holds.records(ctx.db, person.id)
    return Page(
        "privacy/person.html",
        {
            "person": person, "name": persons.shown_name(person.title, person.first_name, person.last_name),
            "age": persons.age_of(person, ctx.today), "words": words, "today": ctx.today,
            "asked": queries.of_person(ctx.db, records, ctx.today), "holds": holds.of_person(ctx.db, records),
        },
    )  # fmt: skip


@post("/privacy/people/{person_id:uuid}", WORK, again=about_person)
def register(ctx: Context, person_id: UUID) -> Redirect:
    """Write a request down."""
    asking = read_asking(Reading(ctx.form), ctx.today)
    made = actions.register(ctx.db, ctx.actor, person_id, asking)
    return redirect(f"/privacy/requests/{made}", gettext("บันทึกคำขอแล้ว"))


@get("/privacy/requests/{privacy_request_id:uuid}", READ)
def request(ctx: Context, privacy_request_id: UUID) -> Page:
    """One request: whom, what, until when, what was done, what can be done now."""
    asked = queries.asked(ctx.db, privacy_request_id, ctx.today)
    opened(ctx.db, ctx.actor, asked.request.person_id)
    return Page(
        "privacy/request.html",
        {
            "asked": asked, "request": asked.request, "words": words, "soon": queries.SOON,
            "steps": queries.steps(ctx.db, privacy_request_id), "erasure": of_request(ctx.db, privacy_request_id),
            "grounds": words.GROUNDS[asked.request.kind], "may_erase": asked.request.kind in words.ERASING,
        },
    )  # fmt: skip


@post("/privacy/requests/{privacy_request_id:uuid}/answer", WORK, again=request)
def answer(ctx: Context, privacy_request_id: UUID) -> Redirect:
    """It is done."""
    actions.answer(ctx.db, ctx.actor, privacy_request_id, outcome=ctx.form.text("outcome"), on=ctx.today)
    return redirect("/privacy", gettext("ตอบคำขอแล้ว"))


@post("/privacy/requests/{privacy_request_id:uuid}/refuse", DECIDE, again=request)
def refuse(ctx: Context, privacy_request_id: UUID) -> Redirect:
    """Refuse it on a ground of the law."""
    actions.refuse(
        ctx.db, ctx.actor, privacy_request_id, ground=ctx.form.text("ground"), outcome=ctx.form.text("why"),
        on=ctx.today,
    )  # fmt: skip
    return redirect("/privacy", gettext("ปฏิเสธคำขอแล้ว แจ้งผู้ขอพร้อมเหตุผล"))


@post("/privacy/requests/{privacy_request_id:uuid}/take-back", WORK, again=request)
def take_back(ctx: Context, privacy_request_id: UUID) -> Redirect:
    """The asker does not want it any more."""
    actions.take_back(ctx.db, ctx.actor, privacy_request_id, outcome=ctx.form.text("back"), on=ctx.today)
    return redirect("/privacy", gettext("ปิดคำขอแล้ว"))


def _desk(ctx: Context, found: list[persons.PersonHit] | None) -> dict[str, object]:
    waiting, answered = queries.waiting(ctx.db, ctx.today), queries.answered(ctx.db, ctx.today)[:MOST]
    about = [*(one.request.person_id for one in (*waiting, *answered)), *(hit.id for hit in found or ())]
    shown(ctx.db, ctx.actor, about)
    return {
        "waiting": waiting, "answered": answered, "words": words, "soon": queries.SOON, "found": found, "most": MOST,
    }  # fmt: skip


routes = [desk, about_whom, about_person, register, request, answer, refuse, take_back]
menu = [MenuItem("ข้อมูลส่วนบุคคล", "/privacy", READ, order=92, part="results", national=False)]
