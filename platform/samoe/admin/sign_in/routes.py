"""Signing in and out. The pages know the provider's port only, not which provider it is."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote
from uuid import UUID

from samoe.admin.by_pin.queries import people
from samoe.admin.sign_in.forms import (
    ASKED,
    AWAY,
    BY_RECOVERY,
    SHOWN,
    Entry,
    carried,
    entry_of,
    forget,
    keep_for_leaving,
    kept_for_leaving,
    local_path,
    send_away,
    set_session,
    start_again,
)
from samoe.i18n import gettext as _
from samoe.identity import accounts, proof, second_factor, tickets
from samoe.identity.openid.back_channel import told_to_end
from samoe.identity.provider import Answer as FromProvider
from samoe.identity.provider import SendTo
from samoe.identity.sessions import request_session
from samoe.identity.sign_in import enter, leave, memberships_of, provider_of
from samoe.kit.problem import Problem
from samoe.web import Context, Page, Redirect, cookies, get, post, redirect
from samoe.web.page import Answer, Done


@get("/sign-in", public=True)
def sign_in(ctx: Context) -> Answer:
    """The form, or the way to the provider; on a telephone that is bound, who is on it, unless another way is asked."""
    if ctx.signed_in:
        return redirect(local_path(ctx.query.text("next")))
    if ctx.query.text("with") != "password" and people(ctx):
        onward = local_path(ctx.query.text("next"))
        return redirect("/field" if onward == "/" else f"/field?next={quote(onward, safe='')}")
    begun = provider_of(ctx.settings).begin_sign_in(callback=callback(ctx))
    return send_away(ctx, begun, ctx.query.text("next")) if isinstance(begun, SendTo) else _form(ctx)


def _form(ctx: Context) -> Page:
    next_path = local_path(ctx.form.text("next") or ctx.query.text("next"))
    return Page("admin/sign_in.html", {"next": "" if next_path == "/" else next_path})


@post("/sign-in", public=True, again=_form)
def prove(ctx: Context) -> Answer:
    """Take name and password from our own form."""
    given = {"username": ctx.form.text("username"), "password": ctx.form.raw("password")}
    identity = provider_of(ctx.settings).finish_sign_in(FromProvider(given, {}, ctx.peer, callback(ctx)))
    keep_for_leaving(ctx, identity.keep)
    entry = entry_of(identity, local_path(ctx.form.text("next")))
    with request_session(ctx.settings) as db:
        asked = second_factor.is_on(db, identity.account_id)
    return _go_on(ctx, replace(entry, factor=ASKED) if asked else entry)


@get("/sign-in/return", public=True)
def come_back(ctx: Context) -> Answer:
    """Someone comes back from the provider."""
    kept = tickets.unseal(ctx.settings, "away", ctx.cookies.get(AWAY, ""))
    if kept is None:
        return start_again()
    forget(ctx, AWAY)
    given = {name: values[0] for name, values in ctx.query.values.items()}
    identity = provider_of(ctx.settings).finish_sign_in(FromProvider(given, kept, ctx.peer, callback(ctx)))
    keep_for_leaving(ctx, identity.keep)
    if not identity.second_factor and proof.second_step_due(ctx.settings, identity.account_id):
        begun = provider_of(ctx.settings).begin_sign_in(callback=callback(ctx), second=True)
        if isinstance(begun, SendTo):
            return send_away(ctx, begun, kept["next"], {k: v for k, v in kept.items() if k == "proves"})
    entry = entry_of(identity, local_path(kept["next"]))
    if "proves" in kept and not (
        ctx.signed_in and str(entry.account_id) == kept["proves"] == str(ctx.actor.account_id)
    ):
        raise Problem("ยืนยันตัวตนด้วยบัญชีอื่น ไม่ใช่บัญชีที่ใช้งานอยู่ เข้าสู่ระบบใหม่อีกครั้ง")
    if ctx.signed_in and ctx.actor.account_id == entry.account_id and ctx.actor.membership_id:
        return _enter(ctx, entry, ctx.actor.membership_id)  # a fresh proof by the same person, who stays where they are
    return _go_on(ctx, entry)


@get("/sign-in/code", public=True)
def ask_code(ctx: Context) -> Answer:
    """Ask for the second factor: after the password, before anything else."""
    entry = carried(ctx)
    if entry is not None and entry.needs_code:
        return Page("admin/sign_in_code.html")
    return redirect("/") if ctx.signed_in else start_again()


@post("/sign-in/code", public=True, again=ask_code)
def take_code(ctx: Context) -> Answer:
    entry = carried(ctx)
    if entry is None or not entry.needs_code:
        return start_again()
    taken = second_factor.take(ctx.settings, entry.account_id, ctx.form.text("code"), peer=ctx.peer)
    return _go_on(ctx, replace(entry, factor=BY_RECOVERY if taken.recovery else SHOWN))


@get("/sign-in/password", public=True)
def first_password(ctx: Context) -> Answer:
    """Ask for a password that nobody else has seen."""
    if ctx.signed_in:
        return redirect("/")
    entry = carried(ctx)
    if entry is not None and entry.needs_code:
        return redirect("/sign-in/code")
    return start_again() if entry is None else Page("admin/first_password.html")


@post("/sign-in/password", public=True, again=first_password)
def choose_first_password(ctx: Context) -> Answer:
    entry = carried(ctx)
    if ctx.signed_in or entry is None or entry.needs_code or not entry.must_change_password:
        return start_again()
    chosen = twice(ctx)
    with request_session(ctx.settings) as db:
        accounts.set_password(db, entry.account_id, chosen)
    return _go_on(ctx, replace(entry, must_change_password=False))


@get("/sign-in/choose", public=True)
def choose(ctx: Context) -> Answer:
    """Which membership to act under."""
    entry = carried(ctx)
    if entry is None:
        return start_again()
    if entry.needs_code:
        return redirect("/sign-in/code")
    if entry.must_change_password:
        return redirect("/sign-in/password")
    return Page("admin/choose.html", {"choices": memberships_of(ctx.settings, entry.account_id)})


@post("/sign-in/choose", public=True, again=choose)
def chosen(ctx: Context) -> Answer:
    entry = carried(ctx)
    if entry is None or entry.needs_code or entry.must_change_password:
        return start_again()
    return _enter(ctx, entry, membership_id(ctx))


@post("/sign-out", public=True)
def sign_out(ctx: Context) -> Answer:
    """End this session. Whoever is signed out already is simply told so."""
    by_pin = ctx.signed_in and ctx.actor.by_pin
    if ctx.signed_in and ctx.session_hash:
        leave(ctx.db, ctx.actor, ctx.session_hash)
    forget(ctx, cookies.session_name(ctx.settings))
    if by_pin:
        return redirect("/field", toast=_("ออกจากระบบแล้ว"))
    sent = provider_of(ctx.settings).sign_out(kept_for_leaving(ctx), callback=callback(ctx))
    return Redirect(sent.url) if sent else redirect("/sign-in", toast=_("ออกจากระบบแล้ว"))


@post("/sign-in/back-channel", public=True, machine=True)
def back_channel(ctx: Context) -> Answer:
    """The provider says that someone is signed out. It proves itself by its signature, not by a page of ours."""
    told_to_end(ctx.settings, ctx.form.text("logout_token"))
    return Done()


def twice(ctx: Context) -> str:
    """A new password, typed twice alike."""
    password = ctx.form.raw("password")
    if password != ctx.form.raw("repeat"):
        raise Problem("รหัสผ่านสองช่องไม่ตรงกัน พิมพ์ใหม่ทั้งสองช่อง", field="repeat")
    return password


def membership_id(ctx: Context) -> UUID:
    """The membership that the form names."""
    try:
        return UUID(ctx.form.text("membership"))
    except ValueError:
        raise Problem("เลือกหน่วยงานและบทบาทหนึ่งรายการ", field="membership") from None


def _go_on(ctx: Context, entry: Entry) -> Answer:
    if entry.needs_code:
        entry.seal(ctx)
        return redirect("/sign-in/code")
    if entry.must_change_password:
        entry.seal(ctx)
        return redirect("/sign-in/password")
    found = memberships_of(ctx.settings, entry.account_id)
    if len(found) > 1:
        entry.seal(ctx)
        return redirect("/sign-in/choose")
    return _enter(ctx, entry, found[0].membership_id)


def _enter(ctx: Context, entry: Entry, membership: UUID) -> Answer:
    if ctx.signed_in and ctx.session_hash:
        leave(ctx.db, ctx.actor, ctx.session_hash)  # here, where the row is ours: another transaction would wait for us
    old = None if ctx.signed_in else ctx.session_hash
    token, _who = enter(
        ctx.settings, entry.account_id, membership, user_agent=ctx.user_agent, old_hash=old,
        failed_before=entry.failed_before, sid=entry.sid, refresh=entry.refresh, proved_at=entry.proved_at,
        second_factor=bool(entry.factor), recovery=entry.factor == BY_RECOVERY,
    )  # fmt: skip
    forget(ctx)
    set_session(ctx, token)
    if entry.factor == BY_RECOVERY:
        return redirect(entry.next, toast=_("ใช้รหัสสำรองไปหนึ่งรหัส ดูจำนวนที่เหลือและสร้างชุดใหม่ได้ที่บัญชีของฉัน"))
    return redirect(entry.next)


def callback(ctx: Context) -> str:
    """Our address to come back to from the provider."""
    return f"{ctx.settings.address}/sign-in/return"


routes = [
    sign_in, prove, come_back, ask_code, take_code, first_password, choose_first_password, choose, chosen, sign_out,
    back_channel,
]  # fmt: skip
