"""Every version of a group in this province, what each changed, and beginning the next one from any of them."""

from __future__ import annotations

from samoe.identity import Permission
from samoe.programmes.designs.comparing import changes
from samoe.programmes.designs.page import name_of
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import group_or_404
from samoe.web import Context, Page, get


@get("/groups/{slug:str}/design/versions", Permission.PROGRAMME_READ)
def versions(ctx: Context, slug: str) -> Page:
    """The newest first. A module that nobody here has touched has the one version it is shipped with."""
    group = group_or_404(ctx.db, slug)
    found = [one for one in group_versions.versions(ctx.db, group.slug) if not one.draft]
    shown = [
        (one, changes(found[index + 1].body, one.body) if index + 1 < len(found) else [])
        for index, one in enumerate(found)
    ]
    return Page("programmes/designs/versions.html", {
        "group": group, "shown": shown, "draft": group_versions.draft_of(ctx.db, group.slug), "named": name_of,
        "may": ctx.actor.may("group:configure"),
    })  # fmt: skip


routes = [versions]
