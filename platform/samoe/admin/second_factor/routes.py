"""One's own second factor."""

from __future__ import annotations

from samoe.admin.second_factor import actions
from samoe.admin.second_factor.picture import picture
from samoe.admin.sign_in.forms import set_session
from samoe.i18n import gettext as _
from samoe.identity import Permission, proof, second_factor
from samoe.web import Context, Page, get, post, redirect
from samoe.web.page import Answer

READ = Permission.HOME_READ
HERE = "/account/second-factor"


@get(HERE, READ, early=True, account=True)
def show(ctx: Context) -> Answer:
    """How it stands: off, being set up (with the picture to take), or on."""
    account = actions.own_account(ctx.settings, ctx.actor)
    stands = second_factor.standing(ctx.db, ctx.settings, account)
    shown = picture(second_factor.address(ctx.db, account, stands.key)) if stands.key else None
    return Page(
        "admin/second_factor.html",
        {"stands": stands, "picture": shown, "awaited": proof.must_set_up(ctx.settings, ctx.actor)},
    )


@post(f"{HERE}/begin", READ, again=show, fresh=True, early=True)
def begin(ctx: Context) -> Answer:
    """Make a key and show it."""
    actions.begin(ctx.db, ctx.settings, ctx.actor)
    return redirect(HERE)


@post(HERE, READ, again=show, fresh=True, early=True)
def confirm(ctx: Context) -> Answer:
    """A first code puts it in force. The recovery codes are shown on this answer and never again."""
    codes, token = actions.confirm(
        ctx.db, ctx.settings, ctx.actor, ctx.form.text("code"), session_hash=ctx.session_hash or "", peer=ctx.peer
    )
    set_session(ctx, token)
    return Page("admin/recovery_codes.html", {"codes": codes, "fresh": True})


@post(f"{HERE}/codes", READ, again=show, fresh=True)
def new_codes(ctx: Context) -> Answer:
    """Ten new recovery codes, shown on this answer and never again."""
    return Page(
        "admin/recovery_codes.html", {"codes": actions.new_codes(ctx.db, ctx.settings, ctx.actor), "fresh": False}
    )


@post(f"{HERE}/off", READ, again=show, fresh=True)
def turn_off(ctx: Context) -> Answer:
    """From now on the password alone."""
    set_session(ctx, actions.turn_off(ctx.db, ctx.settings, ctx.actor, session_hash=ctx.session_hash or ""))
    return redirect(HERE, toast=_("ปิดการยืนยันตัวตนสองชั้นแล้ว"))


routes = [show, begin, confirm, new_codes, turn_off]
