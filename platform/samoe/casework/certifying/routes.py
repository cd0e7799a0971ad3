"""Certified lists of a group, one list with its lines, and certifying a new one."""

from __future__ import annotations

from uuid import UUID

from samoe.casework.certifying import actions, queries
from samoe.casework.certifying.forms import read_certification
from samoe.casework.enrolments.cases import phase_in_work
from samoe.casework.heading import group_head, ids_of
from samoe.i18n import gettext
from samoe.identity import Permission
from samoe.kit.problem import NotFound
from samoe.registry.institutions.queries import listed
from samoe.registry.persons.actions import shown
from samoe.targetgroups.enabling import enabled, group_or_404
from samoe.web import Context, Page, Redirect, get, post, redirect

READ = Permission.CASE_READ
LINES = 100


@get("/cases/{slug:str}/certifications", READ)
def certifications(ctx: Context, slug: str) -> Page:
    """The certified lists of the phase at work, and how many wait for each level."""
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    return Page(
        "casework/certifications.html",
        {
            **group_head(ctx, group, "certifications"), "phase": phase, "levels": queries.LEVELS,
            "lists": queries.certified_lists(ctx.db, phase.id, group.id),
            "waiting": {level: queries.certifiable(ctx.db, phase.id, group, level) for level in queries.LEVELS},
        },
    )  # fmt: skip


@get("/cases/{slug:str}/certifications/new", Permission.LIST_CERTIFY)
def certification_form(ctx: Context, slug: str) -> Page:
    """Certify: which level, who, which meeting, which day."""
    group = group_or_404(ctx.db, slug)
    phase = phase_in_work(ctx.db, ctx.today)
    level = ctx.typed("level", ctx.query.text("level"))
    level = level if level in queries.LEVELS else "working_group"
    return Page(
        "casework/certify.html",
        {
            **group_head(ctx, group, "certifications"), "phase": phase, "levels": queries.LEVELS, "level": level,
            "institutions": listed(ctx.db, limit=500) if level != "working_group" else [],
            "waiting": queries.certifiable(ctx.db, phase.id, group, level),
        },
    )  # fmt: skip


@post("/cases/{slug:str}/certifications/new", Permission.LIST_CERTIFY, again=certification_form)
def certify(ctx: Context, slug: str) -> Redirect:
    """Freeze the list."""
    form = read_certification(ctx.form)
    group = group_or_404(ctx.db, slug)
    chosen = ids_of([form.institution])
    made = actions.certify(
        ctx.db, ctx.actor, group, phase_in_work(ctx.db, ctx.today), level=form.level, body=form.body,
        certified_on=form.certified_on, institution_id=chosen[0] if chosen else None, meeting=form.meeting,
    )  # fmt: skip
    return redirect(f"/certifications/{made}", gettext("รับรองรายชื่อแล้ว"))


@get("/certifications/{certification_id:uuid}", READ)
def certification(ctx: Context, certification_id: UUID) -> Page:
    """One certified list: every line, and which no longer stand."""
    found = queries.certification(ctx.db, certification_id)
    group = next((one for one in enabled(ctx.db) if one.id == found.group_id), None)
    if group is None:
        raise NotFound
    typed = ctx.query.text("after")
    after = int(typed) if typed.isascii() and typed.isdecimal() else 0
    lines = queries.lines_of(ctx.db, certification_id, after=after, limit=LINES + 1)
    shown(ctx.db, ctx.actor, (line.person_id for line in lines[:LINES]))
    whole = next(one for one in queries.certified_lists(ctx.db, found.phase_id, group.id) if one.id == certification_id)
    return Page(
        "casework/certification.html",
        {
            **group_head(ctx, group, "certifications"), "list": whole, "lines": lines[:LINES], "void": queries.VOID,
            "levels": queries.LEVELS, "sealed": actions.sealed(ctx.db, certification_id), "after": after,
            "next": lines[LINES - 1].seq if len(lines) > LINES else None,
        },
    )  # fmt: skip


routes = [certifications, certification_form, certify, certification]
