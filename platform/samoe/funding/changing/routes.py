"""Parts of the criteria's pages that speak of money; each is a page of its own, too."""

from __future__ import annotations

from samoe.casework.screening.queries import TooLong
from samoe.funding import wording
from samoe.funding.changing import queries
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.criteria.actions import NO_DRAFT
from samoe.programmes.phases.queries import current_phase
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Page, get

READ = Permission.LEDGER_READ


@get("/groups/{slug:str}/criteria/money", READ)
def money(ctx: Context, slug: str) -> Page:
    """What so many more and fewer who qualify cost, against the budget of the phase that nobody is entitled to yet."""
    group, phase = group_or_404(ctx.db, slug), current_phase(ctx.db, ctx.today)
    if phase is None:
        raise NotFound
    more, fewer = (_people(ctx.query.text(name)) for name in ("more", "fewer"))
    data = {
        "group": group,
        "rows": queries.against(ctx.db, group, phase),
        "more": more,
        "fewer": fewer,
        "words": wording,
    }
    return Page("funding/criteria_money.html", data, block="money")


@get("/groups/{slug:str}/criteria/money/held", READ)
def money_held(ctx: Context, slug: str) -> Page:
    """How many are entitled now who would no longer qualify under the draft."""
    group, phase = group_or_404(ctx.db, slug), current_phase(ctx.db, ctx.today)
    draft = rule_versions.draft(ctx.db, group.slug)
    if draft is None or phase is None:
        raise NotFound(NO_DRAFT)
    try:
        held = queries.holding(ctx.db, group, phase, draft, ctx.today)
    except TooLong:
        held = None
    return Page("funding/criteria_held.html", {"group": group, "held": held}, block="held")


def _people(typed: str) -> int:
    """A number of people as the preview hands it on; anything else is nobody."""
    return int(typed[:9]) if typed.isascii() and typed.isdecimal() else 0


routes = [money, money_held]
