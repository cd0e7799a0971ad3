"""Checking a draft of criteria and putting it in force, and taking a version back."""

from __future__ import annotations

from samoe.casework.publishing import actions, queries
from samoe.casework.publishing.forms import read_change
from samoe.casework.screening.queries import TooLong
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.committees.queries import resolutions
from samoe.programmes.criteria.actions import NO_DRAFT
from samoe.programmes.criteria.queries import changes, found, version_or_404, worded
from samoe.programmes.criteria.routes import versions
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.seen import version_seen
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/groups/{slug:str}/criteria/publish", Permission.CRITERIA_PUBLISH)
def check_publish(ctx: Context, slug: str) -> Page:
    """The draft beside what is in force, and what it does to those decided, before it is in force for good."""
    group = group_or_404(ctx.db, slug)
    draft = rule_versions.draft(ctx.db, group.slug)
    if draft is None:
        raise NotFound(NO_DRAFT)
    used, phase = rule_versions.in_force(ctx.db, group.slug, ctx.today), current_phase(ctx.db, ctx.today)
    try:
        effect = queries.effect(ctx.db, group, phase, draft, ctx.today) if phase else None
    except TooLong:
        effect = None
    return Page(
        "casework/publish_criteria.html",
        {
            "group": group, "draft": draft, "used": used, "rule": worded(group, draft, ctx.today, phase),
            "changes": changes(group, used, draft, ctx.today), "today": ctx.today, "effect": effect,
            "findings": [one for one in found(group, draft, ctx.today, phase) if one.refused],
            "screened": queries.screened(ctx.db, group), "resolutions": resolutions(ctx.db),
        },
    )  # fmt: skip


@post("/groups/{slug:str}/criteria/publish", Permission.CRITERIA_PUBLISH, again=check_publish)
def publish(ctx: Context, slug: str) -> Redirect:
    """Put the draft in force."""
    group = group_or_404(ctx.db, slug)
    form = read_change(ctx.form, screened=queries.screened(ctx.db, group))
    made = actions.publish(ctx.db, ctx.actor, group, form, version_seen(ctx.form))
    return redirect(f"/groups/{group.slug}/criteria", gettext("ประกาศใช้เกณฑ์ฉบับที่ %(n)s แล้ว", n=made.number))


@post("/groups/{slug:str}/criteria/versions/{number:int}/withdraw", Permission.CRITERIA_PUBLISH, again=versions)
def withdraw(ctx: Context, slug: str, number: int) -> Redirect:
    """Take a version out of use."""
    group = group_or_404(ctx.db, slug)
    actions.take_back(ctx.db, ctx.actor, group, version_or_404(ctx.db, group, number).id)
    return redirect(f"/groups/{group.slug}/criteria/versions", gettext("ถอนเกณฑ์ฉบับที่ %(n)s แล้ว", n=number))


routes = [check_publish, publish, withdraw]
