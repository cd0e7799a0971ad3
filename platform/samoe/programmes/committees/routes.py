"""Committees, their seats and holders, and resolutions."""

from __future__ import annotations

from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import papers
from samoe.programmes.committees import actions, forms, queries
from samoe.programmes.seen import version_seen
from samoe.web import Context, Download, Page, Redirect, get, post, redirect

SAVED = "/programme#committees"


@get("/programme/committees/new", Permission.PROGRAMME_CONFIGURE)
def new_committee(ctx: Context) -> Page:  # noqa: ARG001 (every handler takes the context)
    """A new committee."""
    return Page("programmes/committee_form.html", {"now": None, "seats": ()})


@post("/programme/committees/new", Permission.PROGRAMME_CONFIGURE, again=new_committee)
def add_committee(ctx: Context) -> Redirect:
    """Appoint it; then come its seats."""
    made = actions.add_committee(ctx.db, ctx.actor, forms.read_committee(ctx.form))
    return redirect(f"/programme/committees/{made}", _("เพิ่มคณะกรรมการแล้ว เพิ่มตำแหน่งต่อได้เลย"))


@get("/programme/committees/{committee_id:uuid}", Permission.PROGRAMME_CONFIGURE)
def edit_committee(ctx: Context, committee_id: UUID) -> Page:
    """A committee with its seats."""
    now = queries.committee_row(ctx.db, committee_id)
    seats = [seat for seat in queries.seats(ctx.db) if seat.committee_id == committee_id]
    return Page("programmes/committee_form.html", {"now": now, "seats": seats, "today": ctx.today})


@post("/programme/committees/{committee_id:uuid}", Permission.PROGRAMME_CONFIGURE, again=edit_committee)
def change_committee(ctx: Context, committee_id: UUID) -> Redirect:
    """Mend it."""
    form = forms.read_committee(ctx.form)
    actions.change_committee(ctx.db, ctx.actor, committee_id, form, version_seen(ctx.form))
    return redirect(SAVED, _("บันทึกคณะกรรมการแล้ว"))


@post(
    "/programme/committees/{committee_id:uuid}/document",
    Permission.PROGRAMME_CONFIGURE,
    again=edit_committee,
    large=True,
)
def file_announcement(ctx: Context, committee_id: UUID) -> Redirect:
    """Put the announcement or order on file."""
    papers.sent(ctx, queries.committee_row(ctx.db, committee_id))
    return redirect(f"/programme/committees/{committee_id}", _("เก็บเอกสารเข้าแฟ้มแล้ว"))


@get("/programme/committees/{committee_id:uuid}/document", Permission.PROGRAMME_READ)
def announcement(ctx: Context, committee_id: UUID) -> Download:
    """The announcement or order."""
    found = queries.committee_row(ctx.db, committee_id)
    return papers.download(ctx, "committee", committee_id, found.document_id)


@get("/programme/seats/new", Permission.PROGRAMME_CONFIGURE)
def new_seat(ctx: Context) -> Page:
    """A new seat, of the committee asked for or of the programme itself."""
    return Page("programmes/seat_form.html", {"now": None, "committee": _asked_committee(ctx), "holders": ()})


@post("/programme/seats/new", Permission.PROGRAMME_CONFIGURE, again=new_seat)
def add_seat(ctx: Context) -> Redirect:
    """Add it; then comes who holds it."""
    committee = _asked_committee(ctx)
    made = actions.add_seat(ctx.db, ctx.actor, committee.id if committee else None, forms.read_seat(ctx.form))
    return redirect(f"/programme/seats/{made}", _("เพิ่มตำแหน่งแล้ว"))


@get("/programme/seats/{seat_id:uuid}", Permission.PROGRAMME_CONFIGURE)
def edit_seat(ctx: Context, seat_id: UUID) -> Page:
    """A seat and everyone who held it."""
    now = queries.seat_row(ctx.db, seat_id)
    holders = next((seat.holders for seat in queries.seats(ctx.db) if seat.id == seat_id), ())
    committee = queries.committee_row(ctx.db, now.committee_id) if now.committee_id else None
    return Page("programmes/seat_form.html", {"now": now, "committee": committee, "holders": holders})


@post("/programme/seats/{seat_id:uuid}", Permission.PROGRAMME_CONFIGURE, again=edit_seat)
def change_seat(ctx: Context, seat_id: UUID) -> Redirect:
    """Mend it."""
    actions.change_seat(ctx.db, ctx.actor, seat_id, forms.read_seat(ctx.form), version_seen(ctx.form))
    return redirect(_home_of_seat(ctx, seat_id), _("บันทึกตำแหน่งแล้ว"))


@post("/programme/seats/{seat_id:uuid}/holder", Permission.PROGRAMME_CONFIGURE, again=edit_seat)
def seat_holder(ctx: Context, seat_id: UUID) -> Redirect:
    """Say who holds it from a day on."""
    actions.seat_holder(ctx.db, ctx.actor, seat_id, forms.read_holder(ctx.form))
    return redirect(f"/programme/seats/{seat_id}", _("บันทึกผู้ดำรงตำแหน่งแล้ว"))


@post("/programme/seats/{seat_id:uuid}/remove", Permission.PROGRAMME_CONFIGURE, again=edit_seat)
def remove_seat(ctx: Context, seat_id: UUID) -> Redirect:
    """Take it away."""
    home = _home_of_seat(ctx, seat_id)
    actions.remove_seat(ctx.db, ctx.actor, seat_id)
    return redirect(home, _("เอาตำแหน่งออกแล้ว"))


@get("/programme/resolutions", Permission.PROGRAMME_READ)
def resolutions(ctx: Context) -> Page:
    """Everything that meetings decided."""
    names = {committee.id: committee for committee in queries.committees(ctx.db)}
    return Page("programmes/resolutions.html", {"resolutions": queries.resolutions(ctx.db), "committees": names})


@get("/programme/resolutions/new", Permission.PROGRAMME_CONFIGURE)
def new_resolution(ctx: Context) -> Page:
    """A new resolution."""
    return Page("programmes/resolution_form.html", {"committees": queries.committees(ctx.db)})


@post("/programme/resolutions/new", Permission.PROGRAMME_CONFIGURE, again=new_resolution)
def add_resolution(ctx: Context) -> Redirect:
    """Write it down."""
    committee = _asked_committee(ctx)
    form = forms.read_resolution(ctx.form)
    actions.add_resolution(ctx.db, ctx.actor, committee.id if committee else None, form)
    return redirect("/programme/resolutions", _("บันทึกมติแล้ว"))


def _asked_committee(ctx: Context) -> queries.CommitteeSeats | None:
    asked = ctx.form.text("committee") or ctx.query.text("committee")
    return next((found for found in queries.committees(ctx.db) if str(found.id) == asked), None)


def _home_of_seat(ctx: Context, seat_id: UUID) -> str:
    seat = queries.seat_row(ctx.db, seat_id)
    return f"/programme/committees/{seat.committee_id}" if seat.committee_id else SAVED


routes = [
    new_committee, add_committee, edit_committee, change_committee, file_announcement, announcement, new_seat, add_seat,
    edit_seat, change_seat, seat_holder, remove_seat, resolutions, new_resolution, add_resolution,
]  # fmt: skip
