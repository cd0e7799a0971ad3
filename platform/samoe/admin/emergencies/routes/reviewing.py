"""The province's side: what the fund opened here, and whether that was proper."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.registry.emergencies import actions, queries
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

REVIEW = Permission.EMERGENCY_REVIEW


@get("/emergencies/review", REVIEW)
def openings(ctx: Context) -> Page:
    """Every opening here, those that nobody has looked at first."""
    return Page(
        "admin/emergencies_review.html", {"openings": queries.listed(ctx.db), "waiting": queries.waiting(ctx.db)}
    )


@get("/emergencies/review/{opening_id:uuid}", REVIEW)
def opening(ctx: Context, opening_id: UUID) -> Page:
    """Who, why, how long, how often, and the verdict."""
    return Page("admin/emergency_review.html", {"opening": queries.one(ctx.db, opening_id)})


@post("/emergencies/review/{opening_id:uuid}", REVIEW, again=opening)
def review(ctx: Context, opening_id: UUID) -> Redirect:
    """Say whether it was proper."""
    reading = Reading(ctx.form)
    verdict, note = ctx.form.text("verdict"), reading.text("note", longest=1000)
    reading.check()
    actions.review(ctx.db, ctx.actor, opening_id, verdict=verdict, note=note)
    return redirect("/emergencies/review", _("บันทึกผลการทบทวนแล้ว"))


routes = [openings, opening, review]
menu = [MenuItem("การเปิดดูกรณีฉุกเฉิน", "/emergencies/review", REVIEW, order=72, part="results")]
