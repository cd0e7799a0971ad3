"""The pages of a shared telephone. All but one are open to everybody: who one is, is what they find out."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.by_pin import forms
from samoe.admin.by_pin.queries import people, place
from samoe.admin.sign_in.forms import forget, local_path, set_session
from samoe.i18n import gettext as _
from samoe.identity import Actor, Permission
from samoe.identity.sign_in import leave
from samoe.identity.slips import entering, issuing
from samoe.identity.slips.entering import MOST_PEOPLE, Person
from samoe.kit.problem import Problem
from samoe.web import Context, Page, Redirect, cookies, get, post, redirect
from samoe.web.page import Answer


@get("/slip", public=True, slips=True)
def slip(ctx: Context) -> Answer:  # noqa: ARG001 - every page takes the request
    """Where the code of a slip is typed. One that was photographed comes behind the ``#``, which no server sees."""
    return Page("admin/slip.html")


@post("/slip", public=True, again=slip, slips=True)
def take(ctx: Context) -> Answer:
    forms.carry_slip(ctx, entering.take_code(ctx.settings, ctx.form.text("code"), peer=ctx.peer))
    return redirect("/slip/pin")


@get("/slip/pin", public=True, slips=True)
def choose_pin(ctx: Context) -> Answer:
    """Whose slip it is, and a PIN for this telephone."""
    person = entering.whose_slip(ctx.settings, forms.carried_slip(ctx), place)
    return _start_again(ctx) if person is None else Page("admin/slip_pin.html", {"person": person})


@post("/slip/pin", public=True, again=choose_pin, slips=True)
def bind(ctx: Context) -> Answer:
    """The slip is used up, this browser is bound, and its person is in."""
    carried = forms.carried_slip(ctx)
    if entering.whose_slip(ctx.settings, carried, place) is None:
        return _start_again(ctx)
    here = [token for token, _person in people(ctx)]
    if len(here) >= MOST_PEOPLE:
        raise Problem("เครื่องนี้มีครบ %(n)s คนแล้ว ให้คนที่ไม่ใช้เอาชื่อออกก่อน", n=MOST_PEOPLE)
    token, actor, device = entering.bind(
        ctx.settings, carried, pin=ctx.form.raw("pin"), again=ctx.form.raw("again"), held=here,
        user_agent=ctx.user_agent,
    )  # fmt: skip
    forms.keep(ctx, [*here, token])
    forms.forget_slip(ctx)
    return _enter(ctx, actor, device, "/", _("ผูกเครื่องนี้แล้ว ใช้ PIN เข้าได้ 30 วัน"))


@get("/field", public=True, slips=True)
def chooser(ctx: Context) -> Answer:
    """Who is holding the telephone now."""
    if ctx.signed_in:
        return redirect(local_path(ctx.query.text("next")))
    here = [person for _token, person in people(ctx)]
    return Page("admin/field.html", {"people": here, "next": _next(ctx)})


@get("/field/pin", public=True, slips=True)
def ask_pin(ctx: Context) -> Answer:
    """The PIN of the one who was chosen."""
    if ctx.signed_in:
        return redirect(local_path(ctx.query.text("next")))
    person = _chosen(ctx)
    if person is None:
        return redirect("/field")
    return Page("admin/field_pin.html", {"person": person, "next": _next(ctx)})


@post("/field/pin", public=True, again=ask_pin, slips=True)
def open_with_pin(ctx: Context) -> Answer:
    if ctx.signed_in:
        return redirect("/")
    token, _who = entering.by_pin(
        ctx.settings, forms.held(ctx), ctx.form.text("who"), ctx.form.raw("pin"), user_agent=ctx.user_agent,
        old_hash=ctx.session_hash,
    )  # fmt: skip
    set_session(ctx, token)
    return redirect(local_path(ctx.form.text("next")))


@post("/field/switch", public=True, slips=True)
def switch(ctx: Context) -> Answer:
    """One tap: whoever is signed in is out, and the next one says who they are."""
    return _leave(ctx, "/field")


@post("/field/forget", Permission.HOME_READ, slips=True)
def forget_me(ctx: Context) -> Answer:
    """Take one's own name off this telephone; the others on it stay."""
    issuing.give_up(ctx.db, ctx.actor)
    return _leave(ctx, "/field", _("เอาชื่อของคุณออกจากเครื่องนี้แล้ว"))


def _enter(ctx: Context, actor: Actor, device: UUID, onward: str, toast: str | None = None) -> Redirect:
    if ctx.signed_in and ctx.session_hash:
        leave(ctx.db, ctx.actor, ctx.session_hash)  # here, where the row is ours: another transaction would wait for us
    old = None if ctx.signed_in else ctx.session_hash
    token, _who = entering.enter_with(ctx.settings, actor, device, user_agent=ctx.user_agent, old_hash=old)
    set_session(ctx, token)
    return redirect(onward, toast=toast)


def _leave(ctx: Context, onward: str, toast: str | None = None) -> Redirect:
    if ctx.signed_in and ctx.session_hash:
        leave(ctx.db, ctx.actor, ctx.session_hash)
    forget(ctx, cookies.session_name(ctx.settings))
    return redirect(onward, toast=toast)


def _chosen(ctx: Context) -> Person | None:
    mark = ctx.form.text("who") or ctx.query.text("who")
    return next((person for _token, person in people(ctx) if person.mark == mark), None)


def _next(ctx: Context) -> str:
    onward = local_path(ctx.form.text("next") or ctx.query.text("next"))
    return "" if onward == "/" else onward


def _start_again(ctx: Context) -> Redirect:
    forms.forget_slip(ctx)
    return redirect("/slip", toast=_("ใช้เวลานานเกินไป หรือใบนี้ถูกใช้ไปแล้ว ใส่รหัสอีกครั้ง"))


routes = [slip, take, choose_pin, bind, chooser, ask_pin, open_with_pin, switch, forget_me]
