"""Partner organisations."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import wording
from samoe.programmes.partners import actions, forms, queries
from samoe.programmes.place import districts_of
from samoe.programmes.seen import version_seen
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/programme/partners/new", Permission.PROGRAMME_CONFIGURE)
def new_partner(ctx: Context) -> Page:
    """A new partner."""
    return _form(ctx, None)


@post("/programme/partners/new", Permission.PROGRAMME_CONFIGURE, again=new_partner)
def add_partner(ctx: Context) -> Redirect:
    """Add it."""
    form = forms.read_partner(ctx.form, [area.code for area in districts_of(ctx)])
    actions.add_partner(ctx.db, ctx.actor, form)
    return redirect("/programme#partners", _("เพิ่มหน่วยงานภาคีแล้ว"))


@get("/programme/partners/{partner_id:uuid}", Permission.PROGRAMME_CONFIGURE)
def edit_partner(ctx: Context, partner_id: UUID) -> Page:
    """A partner, to be mended."""
    return _form(ctx, queries.row(ctx.db, partner_id))


@post("/programme/partners/{partner_id:uuid}", Permission.PROGRAMME_CONFIGURE, again=edit_partner)
def change_partner(ctx: Context, partner_id: UUID) -> Redirect:
    """Mend it."""
    form = forms.read_partner(ctx.form, [area.code for area in districts_of(ctx)])
    actions.change_partner(ctx.db, ctx.actor, partner_id, form, version_seen(ctx.form))
    return redirect("/programme#partners", _("บันทึกหน่วยงานภาคีแล้ว"))


def _form(ctx: Context, now: object) -> Page:
    data = {"now": now, "kinds": wording.options(forms.PARTNER_KINDS), "districts": districts_of(ctx)}
    return Page("programmes/partner_form.html", data)


routes = [new_partner, add_partner, edit_partner, change_partner]
