"""Agreements of a phase with the fund."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import papers
from samoe.programmes.agreements import actions, forms, queries
from samoe.programmes.phases.asked import asked_phase
from samoe.programmes.phases.queries import phase
from samoe.programmes.seen import version_seen
from samoe.web import Context, Download, Page, Redirect, get, post, redirect


@get("/programme/agreements/new", Permission.PROGRAMME_CONFIGURE)
def new_agreement(ctx: Context) -> Page:
    """A new agreement of the phase asked for."""
    return Page("programmes/agreement_form.html", {"now": None, "phase": asked_phase(ctx)})


@post("/programme/agreements/new", Permission.PROGRAMME_CONFIGURE, again=new_agreement)
def add_agreement(ctx: Context) -> Redirect:
    """Write it down."""
    belongs = asked_phase(ctx)
    actions.add_agreement(ctx.db, ctx.actor, belongs.id, forms.read_agreement(ctx.form))
    return redirect(f"/programme?phase={belongs.number}", _("บันทึกข้อตกลงแล้ว"))


@get("/programme/agreements/{agreement_id:uuid}", Permission.PROGRAMME_CONFIGURE)
def edit_agreement(ctx: Context, agreement_id: UUID) -> Page:
    """An agreement, to be mended."""
    now = queries.agreement(ctx.db, agreement_id)
    return Page("programmes/agreement_form.html", {"now": now, "phase": phase(ctx.db, now.phase_id)})


@post("/programme/agreements/{agreement_id:uuid}", Permission.PROGRAMME_CONFIGURE, again=edit_agreement)
def change_agreement(ctx: Context, agreement_id: UUID) -> Redirect:
    """Mend it."""
    form, now = forms.read_agreement(ctx.form), queries.agreement(ctx.db, agreement_id)
    actions.change_agreement(ctx.db, ctx.actor, agreement_id, form, version_seen(ctx.form))
    return redirect(f"/programme?phase={phase(ctx.db, now.phase_id).number}", _("บันทึกข้อตกลงแล้ว"))


@post(
    "/programme/agreements/{agreement_id:uuid}/document",
    Permission.PROGRAMME_CONFIGURE,
    again=edit_agreement,
    large=True,
)
def file_agreement(ctx: Context, agreement_id: UUID) -> Redirect:
    """Put the signed paper on file."""
    now = queries.agreement(ctx.db, agreement_id)
    papers.sent(ctx, queries.row(ctx.db, now.id))
    return redirect(f"/programme/agreements/{agreement_id}", _("เก็บเอกสารเข้าแฟ้มแล้ว"))


@get("/programme/agreements/{agreement_id:uuid}/document", Permission.PROGRAMME_READ)
def agreement_document(ctx: Context, agreement_id: UUID) -> Download:
    """The signed paper."""
    found = queries.agreement(ctx.db, agreement_id)
    return papers.download(ctx, "agreement", agreement_id, found.document_id)


routes = [new_agreement, add_agreement, edit_agreement, change_agreement, file_agreement, agreement_document]
