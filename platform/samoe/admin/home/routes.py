"""The first page, by role."""

from __future__ import annotations

from samoe.admin.home import offers
from samoe.admin.home.timeline import timeline
from samoe.identity import Permission
from samoe.programmes.phases.queries import current_phase
from samoe.web import Context, MenuItem, Page, get
from samoe.web.page import Answer


@get("/", Permission.HOME_READ)
def home(ctx: Context) -> Answer:
    """What needs me today."""
    phase = None if ctx.actor.national else current_phase(ctx.db, ctx.today)
    return Page(
        "admin/home.html",
        {
            "today": ctx.today, "updated": None, "tasks": offers.tasks(ctx), "waiting": offers.waiting(ctx),
            "status": None, "phase": timeline(phase, ctx.today, offers.milestones(ctx)) if phase else None,
            "figures": offers.figures(ctx), "as_of": "", "progress": offers.progress(ctx),
            "standings": offers.standings(ctx), "shown": ctx.query.text("group"),
        },
    )  # fmt: skip


routes = [home]
menu = [MenuItem("วันนี้", "/", Permission.HOME_READ, order=0)]
