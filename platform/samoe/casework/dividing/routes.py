"""The grid of targets, divided by the register. The grid is the programme's; who is on the register is known here."""

from __future__ import annotations

from samoe.casework.dividing.queries import registered
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Problem
from samoe.programmes.targets import forms, queries
from samoe.programmes.targets.page import Asked, asked, grid, typed_whole
from samoe.programmes.targets.queries import Span
from samoe.programmes.targets.splitting import split
from samoe.web import Context, Page, get, post


@get("/groups/{slug:str}/targets/by-register", Permission.PROGRAMME_CONFIGURE)
def by_register(ctx: Context, slug: str) -> Page:
    """The target that is kept, divided; the grid as it is where there is none."""
    at = asked(ctx, slug)
    kept = queries.targets(ctx.db, at.phase.id, at.group.slug, at.measure).whole
    return grid(ctx, at) if kept is None or ctx.problems else _divided(ctx, at, kept)


@post("/groups/{slug:str}/targets/by-register", Permission.PROGRAMME_CONFIGURE, again=by_register)
def divide(ctx: Context, slug: str) -> Page:
    """The target that was typed, divided; nothing is saved."""
    return _divided(ctx, asked(ctx, slug), typed_whole(ctx))


def _divided(ctx: Context, at: Asked, whole: Span) -> Page:
    on_register = registered(ctx.db, at.group, at.phase)
    weights = {code: on_register.get(code, 0) for code in at.codes}
    if not any(weights.values()):
        raise Problem("ยังไม่มีรายชื่อของกลุ่มนี้ในอำเภอใด นำเข้ารายชื่อก่อน หรือแบ่งเท่ากันแทน", field=forms.WHOLE)
    by_quarter = "by_quarter" in ctx.form or "divide" not in ctx.form
    cells = split(whole, weights, [1] * at.quarters, by_quarter=by_quarter)
    unit = _("แห่ง") if at.group.manifest.subject == "institution" else _("คน")
    told = _("แบ่งตามทะเบียน %(n)s %(unit)s", n=f"{sum(weights.values()):,}", unit=unit)
    return grid(ctx, at, cells, told=told)


routes = [by_register, divide]
