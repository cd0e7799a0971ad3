"""Criteria: the builder and the versions. Publishing, which asks who was screened, is a room of casework."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Conflict, NotFound
from samoe.programmes.committees.queries import resolutions
from samoe.programmes.criteria import actions, designed, forms, queries
from samoe.programmes.criteria.view import builder
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.seen import version_seen
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.targetgroups.rule_versions import Criteria
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/groups/{slug:str}/criteria", Permission.PROGRAMME_READ)
def criteria(ctx: Context, slug: str) -> Page:
    """The draft to work on, or the version in force."""
    return _page(ctx, group_or_404(ctx.db, slug))


@post("/groups/{slug:str}/criteria/draft", Permission.GROUP_CONFIGURE, again=criteria)
def start_draft(ctx: Context, slug: str) -> Redirect:
    """Begin a draft from the version in force, or from what the group's design says."""
    group = group_or_404(ctx.db, slug)
    if ctx.form.text("from") == "design":
        designed.draft_from_design(ctx.db, ctx.actor, group, ctx.today)
    else:
        actions.start_draft(ctx.db, ctx.actor, group, ctx.today)
    return redirect(f"/groups/{group.slug}/criteria")


@post("/groups/{slug:str}/criteria", Permission.GROUP_CONFIGURE, again=criteria)
def save_draft(ctx: Context, slug: str) -> Page | Redirect:
    """Keep what was picked, then do what the pressed button says. Sent at each change where scripts run."""
    group, seen = group_or_404(ctx.db, slug), version_seen(ctx.form)
    if ctx.htmx.partial and rule_versions.draft(ctx.db, group.slug) is None:
        # Published or thrown away by somebody else: the whole page is another one now.
        return replace(_page(ctx, group), headers={"HX-Redirect": f"/groups/{group.slug}/criteria"})
    draft = _draft(ctx, group)
    if draft.row_version != seen:
        # Another shape may be there now: nothing of this form could be laid over it.
        raise Conflict(actions.CHANGED_MEANWHILE)
    picked = forms.read(ctx.form, group.manifest, queries.picked(draft), ctx.form.text("do"))
    saved = actions.save_draft(ctx.db, ctx.actor, group, picked, seen)
    if ctx.htmx.partial:
        data = _builder(ctx, group, saved)
        return Page("programmes/criteria/builder.html", data, "builder", headers={"HX-Trigger": "criteria-changed"})
    return redirect(f"/groups/{group.slug}/criteria", _("บันทึกร่างแล้ว") if not ctx.form.text("do") else None)


@get("/groups/{slug:str}/criteria/discard", Permission.GROUP_CONFIGURE)
def check_discard(ctx: Context, slug: str) -> Page:
    """What throwing the draft away means."""
    group = group_or_404(ctx.db, slug)
    return Page("programmes/criteria/discard.html", {**_head(ctx, group), "draft": _draft(ctx, group)})


@post("/groups/{slug:str}/criteria/discard", Permission.GROUP_CONFIGURE)
def discard(ctx: Context, slug: str) -> Redirect:
    """Throw the draft away."""
    group = group_or_404(ctx.db, slug)
    actions.discard_draft(ctx.db, ctx.actor, group)
    return redirect(f"/groups/{group.slug}/criteria", _("ทิ้งฉบับร่างแล้ว"))


@get("/groups/{slug:str}/criteria/versions", Permission.PROGRAMME_READ)
def versions(ctx: Context, slug: str) -> Page:
    """Every version in words, the newest first, and what each changed."""
    group = group_or_404(ctx.db, slug)
    found = rule_versions.versions(ctx.db, group.slug)
    used = rule_versions.in_force(ctx.db, group.slug, ctx.today)
    shown = [
        {
            "version": one, "rule": _words(ctx, group, one), "in_force": used is not None and one.id == used.id,
            "changes": queries.changes(group, found[index + 1] if index + 1 < len(found) else None, one, ctx.today),
            "first": index + 1 == len(found),
        }
        for index, one in enumerate(found)
    ]  # fmt: skip
    data = {
        **_head(ctx, group), "shown": shown, "published": sum(one.state == "published" for one in found),
        "drafted": any(one.state == "draft" for one in found),
        "resolved": {one.id: one for one in resolutions(ctx.db)},
    }  # fmt: skip
    return Page("programmes/criteria/versions.html", data)


@post("/groups/{slug:str}/criteria/versions/{number:int}/draft", Permission.GROUP_CONFIGURE, again=versions)
def draft_from(ctx: Context, slug: str, number: int) -> Redirect:
    """Begin a draft from a version of before: publishing it anew is how one goes back to it."""
    group = group_or_404(ctx.db, slug)
    actions.start_draft(ctx.db, ctx.actor, group, ctx.today, queries.version_or_404(ctx.db, group, number))
    return redirect(f"/groups/{group.slug}/criteria", _("ร่างฉบับใหม่จากฉบับที่ %(n)s แล้ว", n=number))


def _page(ctx: Context, group: EnabledGroup) -> Page:
    draft = rule_versions.draft(ctx.db, group.slug) if ctx.actor.may("group:configure") else None
    used = rule_versions.in_force(ctx.db, group.slug, ctx.today)
    if draft is None:
        data = {
            **_head(ctx, group), "version": used, "rule": _words(ctx, group, used) if used else None,
            "waiting": ctx.actor.may("group:configure") and designed.waiting(ctx.db, group),
        }  # fmt: skip
        return Page("programmes/criteria/in_force.html", data)
    return Page("programmes/criteria/builder.html", _builder(ctx, group, draft), block="builder")


def _head(ctx: Context, group: EnabledGroup) -> dict[str, Any]:
    return {"group": group, "used": rule_versions.in_force(ctx.db, group.slug, ctx.today)}


def _draft(ctx: Context, group: EnabledGroup) -> Criteria:
    found = rule_versions.draft(ctx.db, group.slug)
    if found is None:
        raise NotFound(actions.NO_DRAFT)
    return found


def _words(ctx: Context, group: EnabledGroup, version: Criteria) -> object:
    phase = current_phase(ctx.db, ctx.today)
    return queries.worded(group, version, ctx.today, phase)


def _builder(ctx: Context, group: EnabledGroup, draft: Criteria) -> dict[str, Any]:
    phase = current_phase(ctx.db, ctx.today)
    return {
        **_head(ctx, group), "draft": draft,
        "builder": builder(group.manifest, queries.picked(draft), queries.found(group, draft, ctx.today, phase)),
        "rule": _words(ctx, group, draft),
    }  # fmt: skip


routes = [
    criteria, start_draft, save_draft, check_discard, discard, versions, draft_from,
]  # fmt: skip
