"""Phases: opening one, mending one."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes.phases import actions, forms, queries
from samoe.programmes.seen import version_seen
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/programme/phases/new", Permission.PROGRAMME_CONFIGURE)
def new_phase(ctx: Context) -> Page:
    """A new phase, after the latest one."""
    return Page("programmes/phase_form.html", {"now": None, "others": queries.phases(ctx.db)})


@post("/programme/phases/new", Permission.PROGRAMME_CONFIGURE, again=new_phase)
def open_phase(ctx: Context) -> Redirect:
    """Open it."""
    form = forms.read_phase(ctx.form)
    actions.open_phase(ctx.db, ctx.actor, form)
    return redirect(f"/programme/phases/{form.number}/setup", _("เปิดระยะที่ %(n)s แล้ว", n=form.number))


@get("/programme/phases/{number:int}", Permission.PROGRAMME_CONFIGURE)
def edit_phase(ctx: Context, number: int) -> Page:
    """A phase, to be mended or confirmed."""
    now = queries.phase_numbered(ctx.db, number)
    others = tuple(phase for phase in queries.phases(ctx.db) if phase.id != now.id)
    return Page("programmes/phase_form.html", {"now": now, "others": others})


@post("/programme/phases/{number:int}", Permission.PROGRAMME_CONFIGURE, again=edit_phase)
def change_phase(ctx: Context, number: int) -> Redirect:
    """Mend it. Saving confirms its days."""
    form = forms.read_phase(ctx.form)
    now = queries.phase_numbered(ctx.db, number)
    actions.change_phase(ctx.db, ctx.actor, now.id, form, version_seen(ctx.form))
    return redirect(f"/programme?phase={form.number}", _("บันทึกระยะที่ %(n)s แล้ว", n=form.number))


routes = [new_phase, open_phase, edit_phase, change_phase]
