"""The live counts behind a version of the criteria, whom an answer would settle, and the draft tried on one person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samoe.casework.enrolments.cases import case, phase_in_work
from samoe.casework.heading import subject_path
from samoe.casework.preview import asking
from samoe.casework.preview.queries import Example, examples, listed
from samoe.casework.screening import counting
from samoe.casework.screening.checks import checks
from samoe.casework.screening.districts import named
from samoe.casework.screening.queries import TooLong, explain
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.kit.reading import Reading
from samoe.programmes.benefits.queries import benefits
from samoe.programmes.criteria.queries import judged_under
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.persons.actions import opened, shown
from samoe.targetgroups.criteria import label, sentence
from samoe.targetgroups.criteria.circumstances import place
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.targetgroups.rule_versions import Criteria, draft, in_force, version
from samoe.web import Context, Page, Redirect, get, post, redirect

READ = Permission.CASE_READ
SHOWN, MOST = 100, 10_000
"""How many are named on the page, and how many are asked at once."""
SOON = timedelta(days=7)


@get("/cases/{slug:str}/screening/counts", READ)
def screening_counts(ctx: Context, slug: str) -> Page:
    """Qualify, do not, unknown under a version of the criteria: for the criteria page and before a screening.

    ``version`` is ``draft`` or a number; without it the version in force. A count that takes too long says so.
    """
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    published = in_force(ctx.db, group.slug, ctx.today)
    criteria = _asked_for(ctx, group, published)
    under = judged_under(group.manifest, phase, criteria.settings, ctx.today)
    against = published if published and published.id != criteria.id else None
    try:
        counts = counting.count(
            ctx.db, group, phase, criteria.tree, criteria.settings, today=ctx.today, against=against
        )
    except TooLong:
        return Page("casework/counts.html", {"counts": None, "group": group}, block="counts")
    just_in: list[Example] = []
    just_out: list[Example] = []
    if against:
        before = judged_under(group.manifest, phase, against.settings, ctx.today)
        sensitive = Permission.SENSITIVE_READ in ctx.actor.permissions
        just_in, just_out = examples(
            ctx.db, counts, (criteria, under), (against, before), ctx.locale, sensitive=sensitive
        )
        shown(ctx.db, ctx.actor, (one.person_id for one in (*just_in, *just_out)))
    return Page(
        "casework/counts.html",
        {
            "full": bool(ctx.query.text("version")), "counts": counts, "group": group, "criteria": criteria,
            "flat": [terms for terms in benefits(ctx.db, phase.id, group.slug) if terms.flat], "against": against,
            "districts": named(counts.by_district, ctx.locale), "just_in": just_in, "just_out": just_out,
            "clauses": [(sentence(one.clause, under).flat(), one) for one in counts.clauses],
            "settling": [(label(one.slug, under), one) for one in counts.settling[:5]],
            "asked": ctx.query.text("version"),
        },
        block="counts",
    )  # fmt: skip


@get("/cases/{slug:str}/screening/unsettled/{asked:str}", READ)
def unsettled(ctx: Context, slug: str, asked: str) -> Page:
    """Those whom an answer to one question alone would settle: whom to ask next."""
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    criteria = _asked_for(ctx, group, in_force(ctx.db, group.slug, ctx.today))
    under = judged_under(group.manifest, phase, criteria.settings, ctx.today)
    question = _question(group, asked)
    ids = _settled_by(ctx, group, phase, criteria, asked)
    rows = listed(ctx.db, ids[:SHOWN], ctx.locale)
    shown(ctx.db, ctx.actor, (row.person_id for row in rows))
    return Page(
        "casework/unsettled.html",
        {
            "group": group, "criteria": criteria, "rows": rows, "question": label(asked, under), "number": len(ids),
            "waiting": asking.waiting(ctx.db, group, phase, question) if question else None,
            "by": ctx.today + SOON,
            "here": _here(ctx, group, asked),
        },
    )  # fmt: skip


@post("/cases/{slug:str}/screening/unsettled/{asked:str}", Permission.CASE_WRITE, again=unsettled)
def have_asked(ctx: Context, slug: str, asked: str) -> Redirect:
    """Have the question asked of them: it is due at their next visit until it is answered. Or stop it."""
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    criteria = _asked_for(ctx, group, in_force(ctx.db, group.slug, ctx.today))
    question = _question(group, asked)
    if question is None:
        raise Problem("ข้อนี้ได้จากการคำนวณ ให้ถามข้อที่ใช้คำนวณแทน")
    here = _here(ctx, group, asked)
    if ctx.form.text("do") == "stop":
        asking.stop(ctx.db, ctx.actor, group, phase, question)
        return redirect(here, gettext("เลิกถามข้อนี้แล้ว"))
    reading = Reading(ctx.form)
    by = reading.day("by", required="เลือกวันที่ต้องถามให้เสร็จ")
    reading.check()
    ids = _settled_by(ctx, group, phase, criteria, asked)
    number = asking.ask(ctx.db, ctx.actor, group, question, ids, by=by or ctx.today, today=ctx.today)
    return redirect(here, gettext("เพิ่มในงานที่ต้องทำแล้ว %(n)s ราย ผู้ดูแลจะเห็นจนกว่าจะมีคำตอบ", n=f"{number:,}"))


@get("/enrolments/{enrolment_id:uuid}/draft", Permission.GROUP_CONFIGURE)
def try_draft(ctx: Context, enrolment_id: UUID) -> Page:
    """The draft and the version in force side by side for one person, clause by clause."""
    found = case(ctx.db, enrolment_id)
    if found.enrolment.person_id:
        opened(ctx.db, ctx.actor, found.enrolment.person_id)
    sensitive = Permission.SENSITIVE_READ in ctx.actor.permissions
    tried = []
    for criteria in (draft(ctx.db, found.group.slug), in_force(ctx.db, found.group.slug, ctx.today)):
        if criteria is not None:
            under, trace = explain(ctx.db, found, criteria, today=ctx.today)
            tried.append((criteria, trace.outcome, checks(under, trace, sensitive=sensitive)))
    return Page(
        "casework/try_draft.html", {"case": found, "group": found.group, "tried": tried, "back": subject_path(found)}
    )


def _here(ctx: Context, group: EnabledGroup, asked: str) -> str:
    version = ctx.query.text("version")
    kept = f"?version={version}" if version == "draft" or (version.isascii() and version.isdecimal()) else ""
    return f"/cases/{group.slug}/screening/unsettled/{asked}{kept}"


def _question(group: EnabledGroup, asked: str) -> str | None:
    """The question that is put to people; None where it is calculated. ``NotFound`` where the group has none such."""
    if asked == counting.BORN and group.manifest.subject == "person":
        return asked
    if asked not in {field.slug for field in group.manifest.measured}:
        raise NotFound
    slug = place(asked)[0]
    return None if group.manifest.field(slug).calculate is not None else slug


def _settled_by(ctx: Context, group: EnabledGroup, phase: PhaseDays, criteria: Criteria, asked: str) -> list[UUID]:
    try:
        return counting.settled_by(ctx.db, group, phase, criteria, asked, today=ctx.today, limit=MOST)
    except TooLong:
        return []


def _asked_for(ctx: Context, group: EnabledGroup, published: Criteria | None) -> Criteria:
    asked, criteria = ctx.query.text("version"), published
    if asked == "draft":
        criteria = draft(ctx.db, group.slug) or published
    elif asked.isascii() and asked.isdecimal():
        criteria = version(ctx.db, group.slug, int(asked[:9]))
    if criteria is None:
        raise NotFound(gettext("กลุ่มเป้าหมายนี้ยังไม่มีเกณฑ์ที่ประกาศใช้"))
    return criteria


routes = [screening_counts, unsettled, have_asked, try_draft]
