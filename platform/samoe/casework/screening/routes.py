"""Screening a group, the live counts behind its criteria, and exceptions by resolution."""

from __future__ import annotations

from uuid import UUID

from samoe.casework.certifying.actions import minute
from samoe.casework.enrolments.cases import case, phase_in_work
from samoe.casework.heading import group_head, ids_of, subject_path
from samoe.casework.screening import actions, queries
from samoe.casework.screening.districts import named
from samoe.casework.screening.forms import read_exception
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.programmes.committees.queries import resolutions
from samoe.programmes.criteria.queries import judged_under
from samoe.targetgroups.criteria import sentence
from samoe.targetgroups.enabling import group_or_404
from samoe.targetgroups.rule_versions import in_force
from samoe.web import Context, Page, Redirect, get, post, redirect

READ = Permission.CASE_READ


@get("/cases/{slug:str}/screening", READ)
def screening(ctx: Context, slug: str) -> Page:
    """What was decided, and what screening now would decide."""
    found = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    criteria = in_force(ctx.db, found.slug, ctx.today)
    under = judged_under(found.manifest, phase, criteria.settings, ctx.today) if criteria else None
    by_district, waiting = queries.decided(ctx.db, found.id, phase.id)
    return Page(
        "casework/screening.html",
        {
            **group_head(ctx, found, "screening"), "phase": phase, "criteria": criteria, "waiting": waiting,
            "outdated": queries.outdated(ctx.db, found.id, phase.id, criteria.id) if criteria else 0,
            "runs": queries.runs(ctx.db, found.id, phase.id)[:5],
            "rule": sentence(criteria.tree, under) if criteria and under else None,
            "districts": named(by_district, ctx.locale),
            "total": sum(by_district.values(), queries.Answers(0, 0, 0)),
        },
    )  # fmt: skip


@post("/cases/{slug:str}/screening", Permission.SCREEN_RUN)
def run_screening(ctx: Context, slug: str) -> Redirect:
    """Decide for the whole group under the version in force."""
    group = group_or_404(ctx.db, slug)
    run = actions.screen(ctx.db, ctx.actor, group, phase_in_work(ctx.db, ctx.today), today=ctx.today)
    said = gettext(
        "คัดกรองแล้ว ผ่าน %(yes)s ไม่ผ่าน %(no)s ข้อมูลไม่พอตัดสิน %(unknown)s",
        yes=run.qualifies, no=run.does_not, unknown=run.unknown,
    )  # fmt: skip
    return redirect(f"/cases/{group.slug}/screening", said)


@get("/enrolments/{enrolment_id:uuid}/exception", Permission.SCREEN_OVERRIDE)
def exception_form(ctx: Context, enrolment_id: UUID) -> Page:
    """Decide for one person by resolution of a meeting."""
    found = case(ctx.db, enrolment_id)
    return Page(
        "casework/exception.html",
        {
            "case": found, "group": found.group, "back": subject_path(found),
            "resolutions": resolutions(ctx.db), "today": ctx.today,
        },
    )  # fmt: skip


@post("/enrolments/{enrolment_id:uuid}/exception", Permission.SCREEN_OVERRIDE, again=exception_form)
def make_exception(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Record the exception. The data stay as they are."""
    form = read_exception(ctx.form)
    found = case(ctx.db, enrolment_id)
    chosen = ids_of([form.resolution])
    resolution_id = chosen[0] if chosen else minute(ctx.db, ctx.actor, form.meeting)
    if resolution_id is None:
        raise NotFound("ไม่พบมตินี้ เลือกมติจากรายการ")
    actions.except_by_resolution(
        ctx.db, ctx.actor, enrolment_id, outcome=form.outcome, resolution_id=resolution_id, reason=form.reason,
        today=ctx.today,
    )  # fmt: skip
    return redirect(subject_path(found), gettext("บันทึกมติยกเว้นเกณฑ์แล้ว"))


routes = [screening, run_screening, exception_form, make_exception]
