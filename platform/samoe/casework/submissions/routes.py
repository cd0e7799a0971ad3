"""Which institutions have sent their data, and moving the state of one."""

from __future__ import annotations

from uuid import UUID

from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.heading import group_head
from samoe.casework.submissions import actions, queries
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import areas
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/cases/{slug:str}/submissions", Permission.CASE_READ)
def submissions(ctx: Context, slug: str) -> Page:
    """Every institution with the state of its data, counted from them."""
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    state = ctx.query.text("state")
    state = state if state in queries.STATES else ""
    complete = queries.by_district(ctx.db, phase.id, group.id, "complete", "certified")
    return Page(
        "casework/submissions.html",
        {
            **group_head(ctx, group, "submissions"), "phase": phase, "state": state, "states": queries.STATES,
            "after_state": queries.NEXT, "counts": queries.counts(ctx.db, phase.id, group.id),
            "rows": queries.submissions(ctx.db, phase.id, group.id, state=state or None),
            "complete": [(areas.name_of(code, ctx.locale), number) for code, number in complete.items()],
        },
    )  # fmt: skip


@post("/cases/{slug:str}/submissions/{submission_id:uuid}", Permission.SUBMISSION_UPDATE, again=None)
def move_submission(ctx: Context, slug: str, submission_id: UUID) -> Redirect:
    """Move the state of one institution's data."""
    group = group_or_404(ctx.db, slug)
    reading = Reading(ctx.form)
    to = reading.one_of("state", tuple(queries.STATES), required="เลือกสถานะใหม่")
    version = reading.whole("row_version", required="เปิดหน้านี้ใหม่แล้วเลือกอีกครั้ง")
    reading.check()
    actions.set_state(
        ctx.db, ctx.actor, submission_id, to or "", on=ctx.today, row_version=version or 0,
        reason=reading.text("reason"),
    )  # fmt: skip
    return redirect(f"/cases/{group.slug}/submissions", gettext("บันทึกสถานะแล้ว"))


routes = [submissions, move_submission]
