"""The fresh proof at the door of some writes: asked on a page that keeps what was typed, and sends it on.

The page's form goes to the same address with password and code beside the typed fields. So there is one way through
for a browser and for a request that somebody made by hand, and nothing waits anywhere for its proof.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from samoe.identity import Actor, proof
from samoe.identity.sessions import hash_token
from samoe.identity.sign_in import provider_of
from samoe.kit.problem import NotFound, Problem
from samoe.web import cookies
from samoe.web.context import Context
from samoe.web.crossite import FIELD as CSRF_FIELD
from samoe.web.page import Page

PASSWORD, CODE = "_password", "_code"
PROVE = "/account/prove"
"""The write that does nothing but take a proof."""
ASKED = "_asked"
"""The form was the page of this module: an empty password in it is a mistake to tell."""
BACK = "_back"
NOT_CARRIED = {CSRF_FIELD, PASSWORD, CODE, ASKED, BACK, "password", "repeat", "current", "code"}
"""Fields that no page writes back: secrets, and what each page has of its own."""


class Unproved(PermissionError):
    """Too long ago that this person showed who they are. ``problems`` tells what was wrong with what they gave now."""

    def __init__(self, actor: Actor, *problems: Problem) -> None:
        super().__init__("a fresh proof is needed")
        self.actor = actor
        self.problems = problems


class ByPin(PermissionError):
    """Whoever came in with a PIN asks for what needs a password: money, protection, or the account as a whole."""


def must_set_up(context: Context, *, early: bool) -> bool:
    """Whether this page must wait until a second factor is set up."""
    return not early and context.signed_in and proof.must_set_up(context.settings, context.actor)


def demand(context: Context) -> None:
    """Raise ``Unproved`` unless the person showed a short while ago who they are; ``ByPin`` for who never can."""
    refuse_pin(context)
    if not proof.is_fresh(context.settings, context.actor):
        raise Unproved(context.actor)


def refuse_pin(context: Context) -> None:
    """Raise ``ByPin`` in a session that began with a PIN."""
    if context.signed_in and context.actor.by_pin:
        raise ByPin


def take(context: Context, unproved: Unproved) -> None:
    """Take the proof that came with the form and go on under a new session id. Raises ``Unproved``: none, or wrong.

    Outside the request's transaction: the new id holds even if the write itself is refused.
    """
    form = context.form
    given = {name: form.raw(name) for name in (PASSWORD, CODE, ASKED)}
    for name in given:
        form.values.pop(name, None)
    if not (given[PASSWORD] or given[ASKED]) or not provider_of(context.settings).own_passwords:
        raise unproved
    try:
        token = proof.prove(
            context.settings, unproved.actor, context.session_hash or "", password=given[PASSWORD], code=given[CODE],
            peer=context.peer,
        )  # fmt: skip
    except NotFound:
        return  # signed out meanwhile: the request finds that out by itself
    except Problem as fault:
        raise Unproved(unproved.actor, fault) from fault
    carry_on(context, token)


def carry_on(context: Context, token: str) -> None:
    """The browser's session has a new token: the rest of this request lives under it."""
    context.set_cookies.append((cookies.session_name(context.settings), token, cookies.SESSION_SECONDS))
    context.session_hash = hash_token(token)


def page(unproved: Unproved, context: Context) -> Page:
    """Ask for the proof. What was typed is carried along; files cannot be, and are asked for again."""
    context.problems = unproved.problems
    form = context.form
    back = _own_path(form.text(BACK) or context.came_from)
    typed = [(name, value) for name, values in form.values.items() if name not in NOT_CARRIED for value in values]
    data = {
        "action": context.path, "typed": typed, "back": back,
        "own_passwords": provider_of(context.settings).own_passwords,
        "with_code": proof.asks_for_code(context.settings, unproved.actor),
    }  # fmt: skip
    if form.files:
        data |= {"action": PROVE, "typed": [("next", back)]}
    status = next((p.status for p in unproved.problems if p.status == 429), 403)
    return Page("errors/prove.html", {**data, "files": bool(form.files)}, status=status)


def _own_path(url: str) -> str:
    """The path of a page of ours that somebody came from; home where that is not plain to see."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    fine = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if fine else "/"
