"""What a telephone carries: a token for each person who is bound to it, and a slip on its way to a PIN."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samoe.admin.sign_in.forms import forget
from samoe.identity import tickets
from samoe.identity.slips.entering import MOST_PEOPLE
from samoe.web import Context, cookies

SLIP = "samoe_slip"
MINUTES = 10
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_BETWEEN = "."


def held(ctx: Context) -> list[str]:
    """The tokens of this browser, as far as they look like any."""
    kept = ctx.cookies.get(cookies.device_name(ctx.settings), "")
    return [one for one in kept.split(_BETWEEN) if _TOKEN.fullmatch(one)][: 2 * MOST_PEOPLE]


def keep(ctx: Context, tokens: Sequence[str]) -> None:
    """Let the browser hold these tokens. Each is good for its own thirty days, whatever the cookie's age."""
    name = cookies.device_name(ctx.settings)
    ctx.set_cookies.append((name, _BETWEEN.join(tokens), cookies.DEVICE_SECONDS))


def carry_slip(ctx: Context, code_hash: str) -> None:
    """Remember a slip until a PIN is chosen. What is carried is the hash: the code itself is nowhere."""
    ticket = tickets.seal(ctx.settings, "slip", {"slip": code_hash}, seconds=60 * MINUTES)
    ctx.set_cookies.append((SLIP, ticket, 60 * MINUTES))


def carried_slip(ctx: Context) -> str:
    """The slip that the browser carries; empty when there is none, or it took too long."""
    kept = tickets.unseal(ctx.settings, "slip", ctx.cookies.get(SLIP, ""))
    return kept["slip"] if kept else ""


def forget_slip(ctx: Context) -> None:
    forget(ctx, SLIP)
