"""From the words of a list's form to the list, with a key in the address in their place."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from samoe.identity import Permission
from samoe.identity.kept_words import keep
from samoe.kit.problem import NotFound
from samoe.kit.thai import clean
from samoe.web import Context, Redirect, post, redirect
from samoe.web.routing import searched

FILTER = re.compile(r"(?!_)[a-z_]{1,30}")
OURS = frozenset({"to", "q", "w", "after"})
"""Not carried on: the door's own fields, and the page of the list, which begins anew."""


@post("/words", Permission.HOME_READ)
def words(ctx: Context) -> Redirect:
    """Keep what was typed and show the list; its other filters go into the address as they are."""
    to = ctx.form.text("to")
    if not searched(to):
        raise NotFound
    names = [name for name in ctx.form.values if name not in OURS and FILTER.fullmatch(name)]
    asked = [(name, value[:100]) for name in names for value in ctx.form.all(name) if value]
    if typed := clean(ctx.form.text("q")):
        asked.append(("w", keep(ctx.db, ctx.actor, ctx.session_hash or "", typed)))
    return redirect(f"{to}?{urlencode(asked)}" if asked else to)


routes = [words]
