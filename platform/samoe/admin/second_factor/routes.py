"""One's own second factor, and showing again who one is."""

from __future__ import annotations

from samoe.admin.second_factor import actions
from samoe.admin.second_factor.picture import picture
from samoe.admin.sign_in.forms import local_path, send_away, set_session
from samoe.admin.sign_in.routes import callback
from samoe.i18n import gettext as _
from samoe.identity import Permission, proof, second_factor
from samoe.identity.provider import SendTo
from samoe.identity.sign_in import provider_of
from samoe.web import Context, Page, get, post, redirect
from samoe.web.page import Answer
from samoe.web.proof import PROVE

READ = Permission.HOME_READ
HERE = "/account/second-factor"


@get(HERE, READ, early=True)
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


@get(PROVE, READ, early=True)
def ask_proof(ctx: Context) -> Answer:
    """Show again who one is, here or at the provider."""
    begun = provider_of(ctx.settings).begin_sign_in(callback=callback(ctx), fresh=True)
    if isinstance(begun, SendTo):
        return send_away(ctx, begun, ctx.query.text("next"), {"proves": str(ctx.actor.account_id)})
    back = local_path(ctx.query.text("next"))
    with_code = proof.asks_for_code(ctx.settings, ctx.actor)
    data = {"action": PROVE, "typed": [("next", back)], "back": back, "files": False}
    return Page("errors/prove.html", {**data, "own_passwords": True, "with_code": with_code})


@post(PROVE, READ, fresh=True, early=True)
def proved(ctx: Context) -> Answer:
    """The proof was taken at the door: go back to where it was asked for."""
    return redirect(local_path(ctx.form.text("next")))


routes = [show, begin, confirm, new_codes, turn_off, ask_proof, proved]
