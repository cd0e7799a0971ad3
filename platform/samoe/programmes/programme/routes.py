"""The programme's own page, its name, and the organisations that lead it."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import wording
from samoe.programmes.committees.queries import committees, resolutions, seats
from samoe.programmes.overview import missing, overview
from samoe.programmes.partners.forms import PARTNER_KINDS
from samoe.programmes.partners.queries import partners
from samoe.programmes.programme import actions, forms, queries
from samoe.programmes.seen import version_seen
from samoe.tenancy.tenants import tenant
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect


@get("/programme", Permission.PROGRAMME_READ)
def programme(ctx: Context) -> Page:
    """Agreement and phase, who leads, where, for whom, how many, how much, with whom."""
    number = ctx.query.text("phase")
    shown = overview(ctx.db, ctx.today, int(number) if number.isdecimal() else None)
    all_seats = seats(ctx.db)
    data = {
        "shown": shown, "missing": list(missing(shown)) if ctx.actor.may("programme:configure") else [],
        "leads": queries.leads(ctx.db), "partners": partners(ctx.db), "committees": committees(ctx.db),
        "own_seats": [seat for seat in all_seats if seat.committee_id is None], "resolutions": resolutions(ctx.db)[:5],
        "province": tenant(ctx.db, ctx.actor.tenant_id).province_code, "words": wording,
        "lead_kinds": forms.LEAD_KINDS, "partner_kinds": PARTNER_KINDS, "today": ctx.today,
    }  # fmt: skip
    return Page("programmes/programme.html", data)


@get("/programme/edit", Permission.PROGRAMME_CONFIGURE)
def edit_programme(ctx: Context) -> Page:
    """What the programme is called and since when it runs."""
    return Page("programmes/programme_form.html", {"now": queries.programme(ctx.db)})


@post("/programme/edit", Permission.PROGRAMME_CONFIGURE, again=edit_programme)
def save_programme(ctx: Context) -> Redirect:
    """Name the programme."""
    form = forms.read_programme(ctx.form)
    actions.save_programme(ctx.db, ctx.actor, form, version_seen(ctx.form))
    return redirect("/programme", _("บันทึกชื่อโครงการแล้ว"))


@get("/programme/leads/new", Permission.PROGRAMME_CONFIGURE)
def new_lead(ctx: Context) -> Page:
    """A new lead organisation."""
    data = {"now": None, "leads": queries.leads(ctx.db), "kinds": wording.options(forms.LEAD_KINDS)}
    return Page("programmes/lead_form.html", data)


@post("/programme/leads/new", Permission.PROGRAMME_CONFIGURE, again=new_lead)
def add_lead(ctx: Context) -> Redirect:
    """Say who leads from a day on."""
    actions.add_lead(ctx.db, ctx.actor, forms.read_lead(ctx.form))
    return redirect("/programme", _("บันทึกองค์กรหลักแล้ว"))


@get("/programme/leads/{lead_id:uuid}", Permission.PROGRAMME_CONFIGURE)
def edit_lead(ctx: Context, lead_id: UUID) -> Page:
    """A lead organisation, to be mended."""
    data = {"now": queries.lead(ctx.db, lead_id), "leads": (), "kinds": wording.options(forms.LEAD_KINDS)}
    return Page("programmes/lead_form.html", data)


@post("/programme/leads/{lead_id:uuid}", Permission.PROGRAMME_CONFIGURE, again=edit_lead)
def change_lead(ctx: Context, lead_id: UUID) -> Redirect:
    """Mend a lead organisation."""
    actions.change_lead(ctx.db, ctx.actor, lead_id, forms.read_lead(ctx.form), version_seen(ctx.form))
    return redirect("/programme", _("บันทึกองค์กรหลักแล้ว"))


routes = [programme, edit_programme, save_programme, new_lead, add_lead, edit_lead, change_lead]
menu = [
    MenuItem(
        "โครงการ", "/programme", Permission.PROGRAMME_READ, order=80, national=False, part="setup", under=("/phases",)
    )
]
