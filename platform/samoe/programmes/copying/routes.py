"""Copying a phase into another: first what it would do."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.numbers import BadNumber, parse_int
from samoe.kit.problem import NotFound
from samoe.programmes.copying import actions
from samoe.programmes.copying.plan import plan
from samoe.programmes.phases import queries
from samoe.programmes.phases.queries import PhaseDays
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/programme/phases/{number:int}/copy", Permission.PROGRAMME_CONFIGURE)
def check_copy(ctx: Context, number: int) -> Page:
    """What would be copied, what is there already, and what would not come along."""
    into = queries.phase_numbered(ctx.db, number)
    others = tuple(one for one in queries.phases(ctx.db) if one.id != into.id)
    if not others:
        raise NotFound("ยังไม่มีระยะอื่นให้คัดลอก")
    source, percent = _source(ctx, into, others), _percent(ctx)
    shown = percent if actions.LEAST <= percent <= actions.MOST else 100
    data = {
        "phase": into, "source": source, "others": others, "percent": percent,
        "plan": plan(ctx.db, source, into, shown), "least": actions.LEAST, "most": actions.MOST,
    }  # fmt: skip
    return Page("programmes/copy.html", data)


@post("/programme/phases/{number:int}/copy", Permission.PROGRAMME_CONFIGURE, again=check_copy)
def copy(ctx: Context, number: int) -> Redirect:
    """Copy it."""
    into = queries.phase_numbered(ctx.db, number)
    source = queries.phase_numbered(ctx.db, _number(ctx.form.text("source")))
    done = actions.copy_phase(ctx.db, ctx.actor, source.id, into.id, percent=_percent(ctx))
    toast = _("คัดลอกแล้ว %(n)s รายการ", n=len(done.copied)) if done.copied else _("ไม่มีอะไรให้คัดลอก")
    return redirect(f"/programme/phases/{number}/setup", toast)


def _source(ctx: Context, into: PhaseDays, others: tuple[PhaseDays, ...]) -> PhaseDays:
    asked = _number(ctx.form.text("source") or ctx.query.text("source"))
    known = {one.number: one for one in others}
    before = known.get(into.predecessor_number or 0)
    return known.get(asked) or before or others[0]


def _percent(ctx: Context) -> int:
    try:
        return parse_int(ctx.form.text("percent") or ctx.query.text("percent") or "100")
    except BadNumber:
        return 0


def _number(typed: str) -> int:
    return int(typed[:4]) if typed.isascii() and typed.isdecimal() else 0


routes = [check_copy, copy]
