"""The caseload, the page of a person or an institution, and adding somebody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samoe.casework.attachments.actions import keep_attached
from samoe.casework.enrolments import actions, forms, queries
from samoe.casework.enrolments.asking import pickable
from samoe.casework.enrolments.cases import case, phase_in_work
from samoe.casework.enrolments.filters import DECISIONS, Filters
from samoe.casework.enrolments.hooks import go_together
from samoe.casework.enrolments.page import answers_of, institution_page, person_page
from samoe.casework.enrolments.timeline import KINDS, timeline
from samoe.casework.heading import group_head, ids_of, province_code, subdistricts, subject_path
from samoe.casework.path.carrying import carried_in
from samoe.db.table import new_id
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound, Problem
from samoe.kit.reading import Reading
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.registry.consents.queries import in_force
from samoe.registry.duplicates.merges import merges_of
from samoe.registry.institutions.queries import listed
from samoe.registry.persons.actions import open_answers, opened, shown
from samoe.sdk import Manifest
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.answers import read_given
from samoe.targetgroups.enabling import EnabledGroup, enabled, group_or_404, one_of
from samoe.targetgroups.forms import FormPart, form
from samoe.targetgroups.rule_versions import drafted
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect
from samoe.web.page import Answer

READ, WRITE = Permission.CASE_READ, Permission.CASE_WRITE


@get("/cases", READ)
def cases(ctx: Context) -> Answer:
    """The first group that the reader may see."""
    groups = enabled(ctx.db)
    if not groups:
        return Page("casework/no_groups.html")
    return Redirect(f"/cases/{groups[0].slug}")


@get("/cases/{slug:str}", READ, words=True)
def caseload(ctx: Context, slug: str) -> Page:
    """The list of a group in the phase at work."""
    groups = enabled(ctx.db)
    group = one_of(groups, slug)
    filters = Filters.read(ctx.query, group.manifest, ctx.words)
    phase = phase_in_work(ctx.db, ctx.today, int(filters.phase) if filters.phase else None)
    found = queries.listing(ctx.db, group, phase.id, filters, ctx.today)
    shown(ctx.db, ctx.actor, (row.person_id for row in found.rows))
    path = f"/cases/{group.slug}"
    workers = queries.workers(ctx.db)
    return Page(
        "casework/caseload.html",
        {
            **group_head(ctx, group, "list", groups), "phase": phase, "filters": filters,
            "rows": found.rows, "base": path,
            "next": filters.address(path, after=found.next) if found.next else None,
            "chips": filters.chips(group.manifest, path, workers), "workers": workers, "decisions": DECISIONS,
            "districts": districts_in_scope(province_code(), group_in_phase(ctx.db, phase.id, group.slug)),
            "headline": _headline(ctx, group), "as_of": min(ctx.today, phase.ends_on),
        },
        block="list" if ctx.htmx.partial else None,
    )  # fmt: skip


@get("/cases/{slug:str}/views", READ)
def caseload_views(ctx: Context, slug: str) -> Page:
    """The counts of the views, asked for after the list is there."""
    group = group_or_404(ctx.db, slug)
    filters = Filters.read(ctx.query, group.manifest, ctx.words)
    phase = phase_in_work(ctx.db, ctx.today, int(filters.phase) if filters.phase else None)
    return Page(
        "casework/views.html",
        {
            "group": group, "filters": filters, "base": f"/cases/{group.slug}", "cap": queries.CAP,
            "counts": queries.views(ctx.db, group, phase.id, ctx.today),
            "shown": queries.counted(ctx.db, group, phase.id, filters, ctx.today),
            "carried": carried_in(ctx.db, phase.id, group.id),
        },
    )  # fmt: skip


@get("/cases/{slug:str}/new", WRITE)
def new_case(ctx: Context, slug: str) -> Page:
    """The form for somebody new."""
    group = group_or_404(ctx.db, slug)
    if group.manifest.subject != "person":
        raise NotFound
    return Page(
        "casework/new_case.html",
        {
            **group_head(ctx, group, "list"), "subdistricts": subdistricts(ctx),
            "institutions": listed(ctx.db, limit=500), "ask": f"/cases/{group.slug}/new/ask",
            "parts": _questions(ctx, group.manifest, {}), "attaches": _attaches(group.manifest),
        },
        block="questions" if ctx.htmx.partial else None,
    )  # fmt: skip


@post("/cases/{slug:str}/new/ask", WRITE, large=True)
def ask_new_case(ctx: Context, slug: str) -> Answer:
    """The same form with the questions that what was typed so far asks for, and rows added or taken away."""
    ctx.redrawn = True
    return new_case(ctx, slug)


@post("/cases/{slug:str}/new", WRITE, again=new_case, large=True)
def add_case(ctx: Context, slug: str) -> Redirect:
    """Write somebody down and enrol them."""
    group = group_or_404(ctx.db, slug)
    form = forms.read_new_case(ctx.form, group.manifest, pickable(ctx.db, group.manifest))
    phase = phase_in_work(ctx.db, ctx.today)
    made = new_id()
    answers = keep_attached(ctx.db, ctx.settings, made, form.answers)
    person_id, _ = actions.enrol_new_person(
        ctx.db, ctx.actor, group, phase, form.facts, identifier=form.identifier, institution_id=form.institution_id,
        answers=answers, happened_on=ctx.today, enrolment_id=made,
    )  # fmt: skip
    return redirect(f"/people/{person_id}", toast=gettext("เพิ่มแล้ว"))


@post("/cases/{slug:str}/assign", WRITE)
def assign_cases(ctx: Context, slug: str) -> Redirect:
    """Give the picked cases to a worker."""
    group_or_404(ctx.db, slug)
    picked, worker = ids_of(ctx.form.all("pick")), ids_of([ctx.form.text("worker")])
    if not picked or not worker:
        raise Problem("เลือกคนในรายการและเลือกผู้ดูแลก่อนมอบหมาย", field="worker")
    count = actions.assign(ctx.db, ctx.actor, picked, worker[0], on=ctx.today)
    back = ctx.form.text("back")
    return redirect(back if back.startswith("/cases/") else f"/cases/{slug}", gettext("มอบหมายแล้ว %(n)s คน", n=count))


@get("/people/{person_id:uuid}", READ)
def person(ctx: Context, person_id: UUID) -> Page:
    """Everything about one person that the reader may see."""
    return _person(ctx, person_id, sensitive=_opens(ctx))


@post("/people/{person_id:uuid}/answers", Permission.PERSON_REVEAL, again=person)
def closed_answers(ctx: Context, person_id: UUID) -> Page:
    """The same page with the closed answers, once, for a reason that is kept."""
    open_answers(ctx.db, ctx.actor, person_id, ctx.form.text("reason"))
    return _person(ctx, person_id, sensitive=True)


def _person(ctx: Context, person_id: UUID, *, sensitive: bool) -> Page:
    found = person_page(ctx.db, person_id, ctx.today, sensitive=sensitive)
    if found.person and not ctx.htmx.partial:
        opened(ctx.db, ctx.actor, found.person.id)
    kind = ctx.query.text("show")
    return Page(
        "casework/person.html",
        {
            "page": found, "person": found.person, "sensitive": sensitive, "kinds": KINDS,
            "kind": kind if kind in KINDS else "",
            "months": timeline(ctx.db, [card.case for card in found.cards], kind), "today": ctx.today,
            "consent": in_force(ctx.db, found.person.id if found.person else person_id, "referral", ctx.today),
            "merges": merges_of(ctx.db, found.person.id) if found.person else [], "drafted": _drafted(ctx),
        },
        block="timeline" if ctx.htmx.partial else None,
    )  # fmt: skip


@get("/institutions/{institution_id:uuid}", READ)
def institution(ctx: Context, institution_id: UUID) -> Page:
    """An institution that is itself helped: its place on the way, its answers, what happened."""
    found = institution_page(ctx.db, institution_id, ctx.today, sensitive=_opens(ctx))
    return Page(
        "casework/institution.html",
        {
            "page": found, "institution": found.institution, "today": ctx.today, "drafted": _drafted(ctx),
            "months": timeline(ctx.db, [card.case for card in found.cards]),
        },
    )  # fmt: skip


@get("/enrolments/{enrolment_id:uuid}/answers", WRITE)
def answers_form(ctx: Context, enrolment_id: UUID) -> Page:
    """The questions of the group with what is answered so far."""
    found = case(ctx.db, enrolment_id)
    return Page(
        "casework/answers.html",
        {
            "case": found, "group": found.group, "parts": _questions(ctx, found.manifest, found.enrolment.answers),
            "latest": answers_of(ctx.db, found, sensitive=_opens(ctx)),
            "ask": f"/enrolments/{enrolment_id}/answers/ask",
            "back": subject_path(found), "attaches": _attaches(found.manifest),
        },
        block="questions" if ctx.htmx.partial else None,
    )  # fmt: skip


@post("/enrolments/{enrolment_id:uuid}/answers/ask", WRITE, large=True)
def ask_answers(ctx: Context, enrolment_id: UUID) -> Answer:
    """The same form with the questions that what was typed so far asks for, and rows added or taken away."""
    ctx.redrawn = True
    return answers_form(ctx, enrolment_id)


@post("/enrolments/{enrolment_id:uuid}/answers", WRITE, again=answers_form, large=True)
def save_answers(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Keep the answers; a certified line is void from now on."""
    found = case(ctx.db, enrolment_id)
    reading = Reading(ctx.form)
    before = found.enrolment.answers
    given = read_given(found.manifest, reading, before, forms.ANSWER, pickable(ctx.db, found.manifest, before))
    version = reading.whole("row_version", required="เปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง")
    reading.check()
    back = subject_path(found)
    given = keep_attached(ctx.db, ctx.settings, enrolment_id, given)
    changed = actions.change_answers(ctx.db, ctx.actor, enrolment_id, version or 0, given)
    said = gettext("บันทึกแล้ว %(n)s ข้อ", n=len(changed)) if changed else gettext("ไม่มีข้อใดเปลี่ยน")
    warned = go_together(
        ctx.db, found.group, found.phase, found.enrolment.person_id, found.enrolment.answers, ctx.today
    )
    return redirect(back, " · ".join([said, *warned]))


@get("/enrolments/{enrolment_id:uuid}/transfer", WRITE)
def transfer_form(ctx: Context, enrolment_id: UUID) -> Page:
    """Hand a case to another area."""
    found = case(ctx.db, enrolment_id)
    person = found.enrolment.person_id is not None
    return Page(
        "casework/transfer.html",
        {
            "institutions": listed(ctx.db, limit=500) if person else [],
            "case": found, "group": found.group, "subdistricts": subdistricts(ctx),
            "back": subject_path(found),
        },
    )  # fmt: skip


@post("/enrolments/{enrolment_id:uuid}/transfer", WRITE, again=transfer_form)
def transfer(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Hand the case over."""
    form = forms.read_handover(ctx.form, province_code(), ctx.today)
    found = case(ctx.db, enrolment_id)
    back = subject_path(found)
    actions.transfer(
        ctx.db, ctx.actor, enrolment_id, to_area_code=form.to_area_code, happened_on=form.happened_on,
        reason=form.reason,
    )  # fmt: skip
    return redirect(back, gettext("ย้ายพื้นที่ดูแลแล้ว"))


def _questions(ctx: Context, manifest: Manifest, stored: Mapping[str, Any]) -> tuple[FormPart, ...]:
    """The questions, as stored; where the form came back, with what is typed in it."""
    sent = ctx.form if "_csrf" in ctx.form else None
    offered = pickable(ctx.db, manifest, stored)
    return form(manifest, stored, forms.ANSWER, offered, sent, ctx.form.text("rows"))


def _attaches(manifest: Manifest) -> bool:
    """Whether the form may come to hold a file."""
    return any(field.type in ATTACHED for field in manifest.fields)


def _headline(ctx: Context, group: EnabledGroup) -> object:
    """The answer that the list shows beside each name: the one that referrals go by."""
    slug = next((kind.field for kind in group.manifest.referrals if kind.field), None)
    field = group.manifest.field(slug) if slug else None
    return field if field and (_opens(ctx) or not field.sensitive) else None


def _drafted(ctx: Context) -> frozenset[str]:
    """The groups whose draft of criteria the reader may try on somebody."""
    return drafted(ctx.db) if ctx.actor.may(Permission.GROUP_CONFIGURE) else frozenset()


def _opens(ctx: Context) -> bool:
    """Whether answers to sensitive questions are shown without being asked for one by one."""
    return Permission.SENSITIVE_READ in ctx.actor.permissions


@post("/enrolments/{enrolment_id:uuid}/institution", WRITE, again=transfer_form)
def move_institution(ctx: Context, enrolment_id: UUID) -> Redirect:
    """Say that the person is in another institution now."""
    reading = Reading(ctx.form)
    on = reading.day("moved_on") or ctx.today
    chosen = ids_of([reading.text("institution_id", required="เลือกศูนย์หรือสถานศึกษาใหม่")])
    reading.check()
    if not chosen:
        raise Problem("เลือกศูนย์หรือสถานศึกษาใหม่", field="institution_id")
    actions.move_institution(ctx.db, ctx.actor, enrolment_id, chosen[0], on=on)
    return redirect(subject_path(case(ctx.db, enrolment_id)), gettext("บันทึกที่อยู่ใหม่ของเด็กแล้ว"))


menu = [
    MenuItem(
        "รายชื่อและงานรายคน", "/cases", READ, 20, national=False, under=("/people", "/enrolments", "/certifications")
    )
]
routes = [
    cases, caseload, caseload_views, new_case, add_case, assign_cases, person, closed_answers, institution,
    answers_form, save_answers, ask_answers, ask_new_case, transfer_form, transfer, move_institution,
]  # fmt: skip
