"""Showing again who one is: here, or at the provider."""

from __future__ import annotations

from samoe.admin.sign_in.forms import local_path, send_away
from samoe.admin.sign_in.routes import callback
from samoe.identity import Permission, proof
from samoe.identity.provider import SendTo
from samoe.identity.sign_in import provider_of
from samoe.web import Context, Page, get, post, redirect
from samoe.web.page import Answer
from samoe.web.proof import PROVE

READ = Permission.HOME_READ


@get(PROVE, READ, early=True, account=True)
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


routes = [ask_proof, proved]
