"""One's own account."""

from __future__ import annotations

from samoe.admin.sign_in.forms import local_path, set_session
from samoe.admin.sign_in.routes import membership_id, twice
from samoe.audit import record
from samoe.i18n import LOCALES
from samoe.i18n import gettext as _
from samoe.identity import Permission, accounts, own_sessions, second_factor
from samoe.identity.memberships import choices
from samoe.identity.provider import Answer as FromProvider
from samoe.identity.sign_in import provider_of, switch
from samoe.identity.slips import issuing
from samoe.kit.problem import NotFound, Problem
from samoe.web import Context, Page, cookies, get, post, redirect
from samoe.web.page import Answer

YEAR = 365 * 24 * 3600


@get("/account", Permission.HOME_READ)
def account(ctx: Context) -> Answer:
    """Who I am here, and what I may set."""
    held = choices(ctx.db, ctx.actor.account_id) if ctx.actor.account_id else []
    protected = second_factor.is_on(ctx.db, ctx.actor.account_id) if ctx.actor.account_id else False
    if ctx.actor.by_pin:
        return Page("admin/account_by_pin.html", {"device": issuing.own_device(ctx.db, ctx.actor)})
    return Page(
        "admin/account.html",
        {"choices": held, "own_passwords": provider_of(ctx.settings).own_passwords, "second_factor": protected},
    )


@post("/account/password", Permission.HOME_READ, again=account, account=True)
def change_password(ctx: Context) -> Answer:
    """A new password, against the old one. Every other session of the account ends."""
    if ctx.actor.account_id is None:
        raise NotFound
    chosen = twice(ctx)
    username = accounts.username_of(ctx.db, ctx.actor.account_id)
    given = {"username": username, "password": ctx.form.raw("current")}
    try:
        provider_of(ctx.settings).finish_sign_in(FromProvider(given, {}, ctx.peer, ""))
    except Problem as fault:
        raise Problem("รหัสผ่านปัจจุบันไม่ถูกต้อง", field="current") from fault
    accounts.set_password(ctx.db, ctx.actor.account_id, chosen, but_session=ctx.session_hash or "")
    record(ctx.db, ctx.actor, "password_changed", "account", ctx.actor.account_id)
    return redirect("/account", toast=_("เปลี่ยนรหัสผ่านแล้ว อุปกรณ์อื่นถูกออกจากระบบ"))


@get("/account/sessions", Permission.HOME_READ, account=True)
def sessions(ctx: Context) -> Answer:
    """Where I am signed in."""
    found = own_sessions.open_sessions(ctx.db, ctx.actor, ctx.session_hash or "")
    return Page("admin/sessions.html", {"sessions": found})


@post("/account/sessions/end", Permission.HOME_READ, account=True)
def end_session(ctx: Context) -> Answer:
    """End one of my sessions."""
    if not own_sessions.end_own(ctx.db, ctx.actor, ctx.form.text("mark")):
        raise NotFound
    record(ctx.db, ctx.actor, "session_ended", "session")
    return redirect("/account/sessions", toast=_("ออกจากระบบบนอุปกรณ์นั้นแล้ว"))


@post("/account/sessions/end-others", Permission.HOME_READ, account=True)
def end_other_sessions(ctx: Context) -> Answer:
    """End all my sessions but this one."""
    if ctx.actor.account_id is None:
        raise NotFound
    ended = own_sessions.end_others(ctx.db, ctx.actor.account_id, ctx.session_hash or "")
    record(ctx.db, ctx.actor, "session_ended", "session", ended=ended)
    return redirect("/account/sessions", toast=_("ออกจากระบบบนอุปกรณ์อื่น %(n)s เครื่องแล้ว", n=ended))


@get("/memberships", Permission.HOME_READ, account=True)
def memberships(ctx: Context) -> Answer:
    """Where I may act, to change to."""
    held = choices(ctx.db, ctx.actor.account_id) if ctx.actor.account_id else []
    return Page("admin/memberships.html", {"choices": held})


@post("/memberships", Permission.HOME_READ, again=memberships, account=True)
def change_membership(ctx: Context) -> Answer:
    """Go on under another membership, in a new session."""
    token = switch(
        ctx.db, ctx.actor, membership_id(ctx), session_hash=ctx.session_hash or "", user_agent=ctx.user_agent
    )
    set_session(ctx, token)
    return redirect("/")


@post("/preferences", public=True)
def preferences(ctx: Context) -> Answer:
    """Language and colours, for visitors too; kept with the account of who is signed in."""
    lang, theme = ctx.form.text("lang"), ctx.form.text("theme")
    if lang in LOCALES:
        ctx.set_cookies.append((cookies.LOCALE, lang, YEAR))
        if ctx.signed_in and ctx.actor.account_id:
            accounts.speak(ctx.db, ctx.actor.account_id, lang)
    if "theme" in ctx.form:
        ctx.set_cookies.append((cookies.THEME, theme if theme in cookies.THEMES else "", YEAR if theme else 0))
    return redirect(local_path(ctx.form.text("next"), "/"))


routes = [
    account, change_password, sessions, end_session, end_other_sessions, memberships, change_membership, preferences,
]  # fmt: skip
