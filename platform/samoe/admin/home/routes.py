"""The first page, by role."""

from __future__ import annotations

from samoe.admin.home import care, offers
from samoe.admin.home.timeline import timeline
from samoe.identity import Permission
from samoe.programmes.phases.queries import current_phase
from samoe.web import Context, MenuItem, Page, get
from samoe.web.page import Answer


@get("/", Permission.HOME_READ)
def home(ctx: Context) -> Answer:
    """What needs me today. Whoever works in the field gets their own cases, for a phone."""
    waits = {"today": ctx.today, "tasks": offers.tasks(ctx), "waiting": offers.waiting(ctx)}
    if ctx.actor.own_caseload:
        return Page("admin/home_field.html", {**waits, "cases": care.own_cases(ctx)})
    phase = None if ctx.actor.national or ctx.actor.area_mask == 0 else current_phase(ctx.db, ctx.today)
    return Page(
        "admin/home.html",
        {
            **waits, "updated": None, "status": None, "care": list(care.care(ctx)),
            "phase": timeline(phase, ctx.today, offers.milestones(ctx)) if phase else None,
            "figures": offers.figures(ctx), "as_of": "", "progress": offers.progress(ctx),
            "standings": offers.standings(ctx), "shown": ctx.query.text("group"),
        },
    )  # fmt: skip


routes = [home]
menu = [MenuItem("วันนี้", "/", Permission.HOME_READ, order=0)]
