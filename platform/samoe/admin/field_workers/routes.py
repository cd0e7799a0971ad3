"""Teachers and volunteers who sign in with a slip and a PIN."""

from __future__ import annotations

from uuid import UUID

from samoe.admin.field_workers import forms, queries
from samoe.admin.second_factor.picture import picture
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.identity.slips import issuing, workers
from samoe.identity.slips.codes import PIN_LENGTH
from samoe.identity.slips.issuing import Issued
from samoe.kit import ids
from samoe.kit.names import split_full_name
from samoe.web import Context, MenuItem, Page, get, post, redirect
from samoe.web.page import Answer

ISSUE = Permission.SLIP_ISSUE
HERE = "/field-workers"


@get(HERE, ISSUE, slips=True)
def index(ctx: Context) -> Answer:
    """Everyone whom the actor looks after, by name, and how each one stands."""
    based_at, past = forms.read_filter(ctx.query.text("institution")), ctx.query.text("past") == "1"
    found = workers.workers(
        ctx.db, ctx.actor, based_at=based_at, past=past, today=ctx.today, after=ids.read(ctx.query.text("after"))
    )  # fmt: skip
    more = found[workers.PAGE - 1] if len(found) > workers.PAGE else None
    own = ctx.actor.institution_ids or ()
    return Page(
        "admin/field_workers.html",
        {
            "workers": found[: workers.PAGE], "more": more, "past": past, "based_at": based_at,
            "names": queries.names(ctx.db, [*own, *(one.based_at for one in found), based_at]), "own": own,
        },
    )  # fmt: skip


@get(f"{HERE}/new", ISSUE, slips=True)
def new(ctx: Context) -> Answer:
    """The form for one more: a name is enough."""
    return Page("admin/field_worker_new.html", {"places": _places(ctx), "roles": queries.roles()})


@post(f"{HERE}/new", ISSUE, again=new, fresh=True, slips=True)
def add(ctx: Context) -> Answer:
    """One more, with a first slip: its code is on this answer and never again."""
    form = forms.read_worker(ctx.form, workers.ROLES_BY_SLIP, _places(ctx).values)
    made = workers.add(
        ctx.db, ctx.actor, name=form.name, role=form.role, based_at=form.based_at, ends_on=form.ends_on
    )  # fmt: skip
    return _printed(ctx, issuing.issue(ctx.db, ctx.settings, ctx.actor, made))


@get(f"{HERE}/{{member_id:uuid}}", ISSUE, slips=True)
def show(ctx: Context, member_id: UUID) -> Answer:
    """One of them: slip, telephones, and what may be done."""
    kept = workers.worker(ctx.db, ctx.actor, member_id)
    return Page(
        "admin/field_worker.html",
        {
            "worker": kept, "active": kept.active(ctx.today), "places": _places(ctx),
            "based_at": queries.names(ctx.db, [kept.based_at]).get(kept.based_at) if kept.based_at else None,
        },
    )  # fmt: skip


@post(f"{HERE}/{{member_id:uuid}}/slip", ISSUE, again=show, fresh=True, slips=True)
def issue(ctx: Context, member_id: UUID) -> Answer:
    """A new slip, in place of one that was not used."""
    return _printed(ctx, issuing.issue(ctx.db, ctx.settings, ctx.actor, member_id))


@post(f"{HERE}/{{member_id:uuid}}/pin", ISSUE, again=show, fresh=True, slips=True)
def reset_pin(ctx: Context, member_id: UUID) -> Answer:
    """For a PIN that was forgotten, or that others know: no PIN of before is good, and here is a new slip."""
    return _printed(ctx, issuing.issue(ctx.db, ctx.settings, ctx.actor, member_id, new_pin=True))


@post(f"{HERE}/{{member_id:uuid}}/slip/cancel", ISSUE, again=show, slips=True)
def cancel(ctx: Context, member_id: UUID) -> Answer:
    issuing.cancel(ctx.db, ctx.actor, member_id)
    return redirect(f"{HERE}/{member_id}", toast=_("ยกเลิกใบแล้ว รหัสบนใบใช้ไม่ได้ตั้งแต่นี้"))


@post(f"{HERE}/{{member_id:uuid}}/devices/{{device_id:uuid}}/revoke", ISSUE, again=show, slips=True)
def revoke(ctx: Context, member_id: UUID, device_id: UUID) -> Answer:
    """Take a telephone back: whoever is signed in with it is out at once."""
    issuing.take_back(ctx.db, ctx.actor, member_id, device_id)
    return redirect(f"{HERE}/{member_id}", toast=_("ยกเลิกเครื่องนั้นแล้ว คนที่ใช้อยู่ถูกออกจากระบบทันที"))


@post(f"{HERE}/{{member_id:uuid}}/place", ISSUE, again=show, slips=True)
def move(ctx: Context, member_id: UUID) -> Answer:
    """Base somebody elsewhere, where a new slip is needed."""
    workers.worker(ctx.db, ctx.actor, member_id)
    based_at, version = forms.read_place(ctx.form, _places(ctx).values)
    workers.move(ctx.db, ctx.actor, member_id, based_at=based_at, row_version=version)
    return redirect(f"{HERE}/{member_id}", toast=_("ย้ายแล้ว เครื่องเดิมใช้ไม่ได้ ออกใบใหม่ให้ที่นี่"))


@post(f"{HERE}/{{member_id:uuid}}/end", ISSUE, again=show, slips=True)
def end(ctx: Context, member_id: UUID) -> Answer:
    """End the membership at once."""
    workers.worker(ctx.db, ctx.actor, member_id)
    workers.end(ctx.db, ctx.actor, member_id, reason=forms.read_reason(ctx.form))
    return redirect(HERE, toast=_("สิ้นสุดสิทธิ์แล้ว คนนี้เข้าใช้ไม่ได้ตั้งแต่นี้"))


def _printed(ctx: Context, made: Issued) -> Page:
    """The slip as it goes to the printer."""
    who = made.worker
    name = split_full_name(who.name).first or who.name
    where = queries.names(ctx.db, [who.based_at]).get(who.based_at) if who.based_at else None
    address = ctx.settings.address
    return Page(
        "admin/slip_print.html",
        {
            "slip": made, "name": name, "place": where or ctx.actor.tenant_name, "address": f"{address}/slip",
            "picture": picture(f"{address}/slip#{made.code}", as_large_as_its_place=True),
            "digits": PIN_LENGTH, "back": f"{HERE}/{who.id}",
        },
    )  # fmt: skip


def _places(ctx: Context) -> queries.Places:
    return queries.places(ctx.db, ctx.actor, ctx.form.text("district") or ctx.query.text("district"))


routes = [index, new, add, show, issue, reset_pin, cancel, revoke, move, end]
menu = [MenuItem("ครูและอาสาสมัคร", HERE, ISSUE, order=86, part="setup", slips=True, national=False)]
