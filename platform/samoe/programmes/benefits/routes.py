"""The amounts of a group's benefits in a phase."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.benefits import actions, forms, queries
from samoe.programmes.phases.asked import asked_phase
from samoe.programmes.seen import version_seen
from samoe.sdk import Benefit
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/groups/{slug:str}/benefits/{benefit:str}", Permission.PROGRAMME_CONFIGURE)
def edit_benefit(ctx: Context, slug: str, benefit: str) -> Page:
    """How much it is."""
    group, phase = group_or_404(ctx.db, slug), asked_phase(ctx)
    data = {
        "group": group, "phase": phase, "declared": _declared(ctx, slug, benefit),
        "now": queries.benefit(ctx.db, phase.id, group.slug, benefit),
    }  # fmt: skip
    return Page("programmes/benefit_form.html", data)


@post("/groups/{slug:str}/benefits/{benefit:str}", Permission.PROGRAMME_CONFIGURE, again=edit_benefit)
def set_benefit(ctx: Context, slug: str, benefit: str) -> Redirect:
    """Set it."""
    phase = asked_phase(ctx)
    form = forms.read_amounts(ctx.form, _declared(ctx, slug, benefit).kind)
    actions.set_benefit(ctx.db, ctx.actor, phase.id, slug, benefit, form, version_seen(ctx.form))
    return redirect(f"/groups/{slug}?phase={phase.number}", _("บันทึกจำนวนเงินแล้ว"))


def _declared(ctx: Context, slug: str, benefit: str) -> Benefit:
    try:
        return group_or_404(ctx.db, slug).manifest.benefit(benefit)
    except KeyError:
        raise NotFound from None


routes = [edit_benefit, set_benefit]
