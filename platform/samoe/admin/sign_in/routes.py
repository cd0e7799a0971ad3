"""Signing in and out. The pages know the provider's port only, not which provider it is."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.sign_in.forms import (
    AWAY,
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
from samoe.identity import accounts, tickets
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
    """The form, or the way to the provider."""
    if ctx.signed_in:
        return redirect(local_path(ctx.query.text("next")))
    begun = provider_of(ctx.settings).begin_sign_in(callback=_callback(ctx))
    if isinstance(begun, SendTo):
        return send_away(ctx, begun, ctx.query.text("next"))
    return _form(ctx)


def _form(ctx: Context) -> Page:
    next_path = local_path(ctx.form.text("next") or ctx.query.text("next"))
    return Page("admin/sign_in.html", {"next": "" if next_path == "/" else next_path})


@post("/sign-in", public=True, again=_form)
def prove(ctx: Context) -> Answer:
    """Take name and password from our own form."""
    given = {"username": ctx.form.text("username"), "password": ctx.form.raw("password")}
    identity = provider_of(ctx.settings).finish_sign_in(FromProvider(given, {}, ctx.peer, _callback(ctx)))
    keep_for_leaving(ctx, identity.keep)
    return _go_on(ctx, entry_of(identity, local_path(ctx.form.text("next"))))


@get("/sign-in/return", public=True)
def come_back(ctx: Context) -> Answer:
    """Someone comes back from the provider."""
    kept = tickets.unseal(ctx.settings, "away", ctx.cookies.get(AWAY, ""))
    if kept is None:
        return start_again()
    forget(ctx, AWAY)
    given = {name: values[0] for name, values in ctx.query.values.items()}
    identity = provider_of(ctx.settings).finish_sign_in(FromProvider(given, kept, ctx.peer, _callback(ctx)))
    keep_for_leaving(ctx, identity.keep)
    entry = entry_of(identity, local_path(kept["next"]))
    if ctx.signed_in and ctx.actor.account_id == entry.account_id and ctx.actor.membership_id:
        return _enter(ctx, entry, ctx.actor.membership_id)  # a fresh proof by the same person, who stays where they are
    return _go_on(ctx, entry)


@get("/sign-in/password", public=True)
def first_password(ctx: Context) -> Answer:
    """Ask for a password that nobody else has seen."""
    if ctx.signed_in:
        return redirect("/")
    return start_again() if carried(ctx) is None else Page("admin/first_password.html")


@post("/sign-in/password", public=True, again=first_password)
def choose_first_password(ctx: Context) -> Answer:
    entry = carried(ctx)
    if ctx.signed_in or entry is None or not entry.must_change_password:
        return start_again()
    chosen = twice(ctx)
    with request_session(ctx.settings) as db:
        accounts.set_password(db, entry.account_id, chosen)
    return _go_on(ctx, Entry(entry.account_id, False, entry.failed_before, entry.next))


@get("/sign-in/choose", public=True)
def choose(ctx: Context) -> Answer:
    """Which membership to act under."""
    entry = carried(ctx)
    if entry is None:
        return start_again()
    if entry.must_change_password:
        return redirect("/sign-in/password")
    return Page("admin/choose.html", {"choices": memberships_of(ctx.settings, entry.account_id)})


@post("/sign-in/choose", public=True, again=choose)
def chosen(ctx: Context) -> Answer:
    entry = carried(ctx)
    if entry is None or entry.must_change_password:
        return start_again()
    return _enter(ctx, entry, membership_id(ctx))


@post("/sign-out", public=True)
def sign_out(ctx: Context) -> Answer:
    """End this session. Whoever is signed out already is simply told so."""
    if ctx.signed_in and ctx.session_hash:
        leave(ctx.db, ctx.actor, ctx.session_hash)
    forget(ctx, cookies.session_name(ctx.settings))
    sent = provider_of(ctx.settings).sign_out(kept_for_leaving(ctx), callback=_callback(ctx))
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
        failed_before=entry.failed_before, sid=entry.sid, refresh=entry.refresh,
        proved_at=entry.proved_at,
    )  # fmt: skip
    forget(ctx)
    set_session(ctx, token)
    return redirect(entry.next)


def _callback(ctx: Context) -> str:
    return f"{ctx.settings.address}/sign-in/return"


routes = [
    sign_in, prove, come_back, first_password, choose_first_password, choose, chosen, sign_out, back_channel,
]  # fmt: skip
