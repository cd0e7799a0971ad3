"""On the way of a case: encounters, referrals and their answers, stages by hand."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from samoe.casework.enrolments.cases import Case, case
from samoe.casework.enrolments.timeline import place_of
from samoe.casework.heading import subject_path
from samoe.casework.path import actions, forms, queries, referrals
from samoe.casework.path.questions import is_question, words
from samoe.i18n import gettext, pick
from samoe.identity import Permission
from samoe.programmes.partners.queries import partners
from samoe.registry.consents.queries import in_force
from samoe.registry.institutions.queries import listed
from samoe.registry.persons import queries as persons
from samoe.registry.persons.actions import shown
from samoe.sdk import EncounterKind
from samoe.targetgroups.stages import reachable
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

WRITE = Permission.CASE_WRITE
RECEIVERS = ("learning_centre", "training_provider", "school", "other")
WEEK = timedelta(days=7)


@get("/enrolments/{enrolment_id:uuid}/encounter", WRITE)
def encounter_form(ctx: Context, enrolment_id: UUID) -> Page:
    """What was done and what was found: one question at a time, on a phone."""
    found = case(ctx.db, enrolment_id)
    kinds = sorted(
        (one for one in found.manifest.encounters if _useful(found, one)),
        key=lambda one: one.after != found.enrolment.status,
    )
    chosen = ctx.typed("kind", ctx.query.text("kind") or (kinds[0].slug if kinds else ""))
    return Page(
        "casework/encounter.html",
        {
            **_about(ctx, found), "kinds": kinds, "kind": next((one for one in kinds if one.slug == chosen), None),
            "follow_up": ctx.typed("follow_up", ctx.query.text("follow_up")), "today": ctx.today,
            "possible": _possible(found, chosen), "questions": queries.questions(ctx.db, found),
        },
    )  # fmt: skip


@post("/enrolments/{enrolment_id:uuid}/encounter", WRITE, again=encounter_form)
def record_encounter(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Write the encounter down and move on where it leads."""
    found = case(ctx.db, enrolment_id)
    back = subject_path(found)
    form = forms.read_encounter(ctx.form, found.manifest, ctx.today)
    actions.record_encounter(
        ctx.db, ctx.actor, enrolment_id, kind=form.kind, result=form.result, happened_on=form.happened_on,
        note=form.note, follow_up_id=form.follow_up_id,
    )  # fmt: skip
    return redirect(back, gettext("บันทึกแล้ว"))


@get("/enrolments/{enrolment_id:uuid}/refer", WRITE)
def refer_form(ctx: Context, enrolment_id: UUID) -> Page:
    """Refer to somebody who can help: what the law and consent allow is said before."""
    found = case(ctx.db, enrolment_id)
    person_id = found.enrolment.person_id
    person = persons.get(ctx.db, person_id) if person_id else None
    return Page(
        "casework/refer.html",
        {
            **_about(ctx, found), "kinds": found.manifest.referrals, "today": ctx.today,
            "age": persons.age_of(person, ctx.today) if person else None,
            "consent": in_force(ctx.db, person.id, referrals.CONSENT, ctx.today) if person else None,
            "asked_for": _asked_for(found), "institutions": listed(ctx.db, kinds=RECEIVERS, limit=300),
            "partners": partners(ctx.db),
        },
    )  # fmt: skip


@post("/enrolments/{enrolment_id:uuid}/refer", WRITE, again=refer_form)
def refer(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Send the referral."""
    found = case(ctx.db, enrolment_id)
    back = subject_path(found)
    form = forms.read_referral(ctx.form, found.manifest, ctx.today)
    referrals.refer(
        ctx.db, ctx.actor, enrolment_id, kind=form.kind, sent_on=form.sent_on, to_name=form.to_name,
        to_institution_id=form.to_institution_id, to_partner_id=form.to_partner_id, notice_given=form.notice_given,
    )  # fmt: skip
    return redirect(back, gettext("ส่งต่อแล้ว รอหน่วยรับตอบ"))


@get("/referrals", Permission.CASE_READ)
def referral_inbox(ctx: Context) -> Page:
    """Referrals by state, those that wait for an answer first; and the visits that are due."""
    state = ctx.query.text("state")
    state = state if state in queries.STATES else "sent"
    rows, due = queries.inbox(ctx.db, state), queries.due(ctx.db, ctx.today + WEEK, limit=20)
    shown(ctx.db, ctx.actor, [*(row.person_id for row in rows), *(row.person_id for row in due)])
    return Page(
        "casework/referrals.html",
        {
            "state": state, "states": queries.STATES, "counts": queries.states(ctx.db), "today": ctx.today,
            "rows": rows, "due": due,
        },
    )  # fmt: skip


@get("/referrals/{referral_id:uuid}", Permission.CASE_READ)
def referral_page(ctx: Context, referral_id: UUID) -> Page:
    """One referral, with the answers that may be given now."""
    row = queries.referral(ctx.db, referral_id)
    found = case(ctx.db, row.enrolment_id)
    kind = next((one for one in found.manifest.referrals if one.slug == row.kind), None)
    return Page(
        "casework/referral.html",
        {
            **_about(ctx, found), "row": row, "kind": kind, "place": place_of(found.manifest, row),
            "states": queries.STATES, "today": ctx.today,
        },
    )  # fmt: skip


@post("/referrals/{referral_id:uuid}", Permission.CASE_READ, again=referral_page)
def answer_referral(ctx: Context, referral_id: UUID) -> Redirect:
    """Accept, reject, finish or take back; the action asks for the right to it."""
    form = forms.read_answer(ctx.form, ctx.today)
    if form.answer == "accept":
        referrals.accept(ctx.db, ctx.actor, referral_id, on=form.on)
    elif form.answer == "reject":
        referrals.reject(ctx.db, ctx.actor, referral_id, on=form.on, reason=form.reason)
    elif form.answer == "finish":
        referrals.finish(ctx.db, ctx.actor, referral_id, on=form.on, outcome=form.outcome)
    else:
        referrals.revoke(ctx.db, ctx.actor, referral_id, on=form.on, reason=form.reason)
    return redirect("/referrals", gettext("บันทึกคำตอบแล้ว"))


@get("/follow-ups/{follow_up_id:uuid}", WRITE)
def follow_up_form(ctx: Context, follow_up_id: UUID) -> Page:
    """A follow-up that cannot be done in time: a later day, or not at all."""
    row = queries.follow_up(ctx.db, follow_up_id)
    found = case(ctx.db, row.enrolment_id)
    data = {"row": row, "what": words(found.manifest, row.kind), "question": is_question(row.kind), "today": ctx.today}
    return Page("casework/follow_up.html", {**_about(ctx, found), **data})


@post("/follow-ups/{follow_up_id:uuid}", WRITE, again=follow_up_form)
def put_off(ctx: Context, follow_up_id: UUID) -> Redirect:
    """Put it off, or say that it will not be done."""
    row = queries.follow_up(ctx.db, follow_up_id)
    back = subject_path(case(ctx.db, row.enrolment_id))
    form = forms.read_follow_up(ctx.form, ctx.today)
    if form.later is None:
        actions.miss(ctx.db, ctx.actor, follow_up_id)
        return redirect(back, gettext("บันทึกว่าไม่ได้ติดตามครั้งนี้แล้ว"))
    actions.postpone(ctx.db, ctx.actor, follow_up_id, to=form.later, reason=form.reason)
    return redirect(back, gettext("เลื่อนนัดแล้ว"))


@get("/enrolments/{enrolment_id:uuid}/stage", WRITE)
def stage_form(ctx: Context, enrolment_id: UUID) -> Page:
    """Choose the next stage by hand."""
    found = case(ctx.db, enrolment_id)
    here = found.stage
    following = [one for one in found.manifest.stages if here is not None and one.slug in here.next]
    return Page("casework/stage.html", {**_about(ctx, found), "following": following, "today": ctx.today})


@post("/enrolments/{enrolment_id:uuid}/stage", WRITE, again=stage_form)
def move_stage(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Move the case there."""
    found = case(ctx.db, enrolment_id)
    back = subject_path(found)
    form = forms.read_stage(ctx.form, found.manifest, ctx.today)
    actions.move(ctx.db, ctx.actor, enrolment_id, form.to, on=form.on, reason=form.reason)
    return redirect(back, gettext("บันทึกขั้นใหม่แล้ว"))


def _about(ctx: Context, found: Case) -> dict[str, object]:
    person_id = found.enrolment.person_id
    person = persons.get(ctx.db, person_id) if person_id else None
    shown(ctx.db, ctx.actor, [person_id])
    name = persons.shown_name(person.title, person.first_name, person.last_name) if person else ""
    return {
        "case": found, "group": found.group, "back": subject_path(found), "name": name, "person": person,
        "group_name": pick(found.manifest.name.th, found.manifest.name.en),
    }  # fmt: skip


def _possible(found: Case, kind: str) -> list[str]:
    """The results of a kind of encounter that may follow on the stage."""
    asked = next((one for one in found.manifest.encounters if one.slug == kind), None)
    status = found.enrolment.status
    return [
        one.value
        for one in (asked.results if asked else ())
        if one.stage is None or reachable(found.manifest, status, one.stage)
    ]


def _useful(found: Case, kind: EncounterKind) -> bool:
    """Whether a kind of encounter is for this stage: at least half of how it may end can follow."""
    return 2 * len(_possible(found, kind.slug)) >= len(kind.results)


def _asked_for(found: Case) -> list[str]:
    """The kinds of referral that the answers ask for."""
    return [kind.slug for kind in found.manifest.referrals if kind.asked_by(found.enrolment.answers)]


menu = [MenuItem("ส่งต่อและติดตาม", "/referrals", Permission.CASE_READ, order=25, national=False, under=("/follow-ups",))]
routes = [
    encounter_form, record_encounter, refer_form, refer, referral_inbox, referral_page, answer_referral,
    follow_up_form, put_off, stage_form, move_stage,
]  # fmt: skip
