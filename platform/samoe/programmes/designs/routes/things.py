"""The parts of a draft: the list of each, adding a thing, changing it, moving it, taking it out."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Conflict, NotFound
from samoe.programmes.designs import actions, bodies
from samoe.programmes.designs.bodies import Body, Item
from samoe.programmes.designs.faults import judge, of_item
from samoe.programmes.designs.inputs import Part
from samoe.programmes.designs.page import head, refuse
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.reading import read_item
from samoe.programmes.designs.view import boxes, lines
from samoe.programmes.seen import version_seen
from samoe.targetgroups import group_versions
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE
GONE = "รายการนี้ไม่อยู่ในฉบับร่างแล้ว เปิดหน้านี้ใหม่เพื่อดูฉบับล่าสุด"


@get("/designs/{design_id:uuid}/parts/{part:str}", EDIT)
def things(ctx: Context, design_id: UUID, part: str) -> Page:
    """Everything in one part, and the boxes of one more."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    faults = Counter(one.place for one in judge(body)[1] if one.part == part and one.place is not None)
    data = {
        **head(found), "part": chosen, "lines": lines(chosen, body, faults),
        "boxes": boxes(chosen, dict(chosen.new), body, adding=True),
    }  # fmt: skip
    return Page("programmes/designs/things.html", data)


@post("/designs/{design_id:uuid}/parts/{part:str}", EDIT, again=things)
def add(ctx: Context, design_id: UUID, part: str) -> Redirect:
    """Add a thing; what else is asked of it follows on its own page."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    item = read_item(ctx.form, chosen, body, None)
    made = bodies.put(body, part, None, item)
    _refuse(made, part, len(bodies.items(made, part)) - 1)
    # Somebody who adds a thing overwrites nothing: it is laid over the draft as it is now.
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    return redirect(f"/designs/{design_id}/parts/{part}#new", _("เพิ่มแล้ว"))


@post("/designs/{design_id:uuid}/parts/{part:str}/order", EDIT, again=things)
def order(ctx: Context, design_id: UUID, part: str) -> Redirect:
    """Move a thing up or down, or put all in the order that dragging left them in."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    verb, _sep, slug = ctx.form.text("do").partition(":")
    if verb in ("up", "down"):
        made = bodies.moved(body, part, _place(body, chosen, slug), -1 if verb == "up" else 1)
    else:
        made = bodies.ordered(body, part, chosen.key, ctx.form.all("order"))
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    return redirect(f"/designs/{design_id}/parts/{part}")


@get("/designs/{design_id:uuid}/parts/{part:str}/{slug:str}", EDIT)
def thing(ctx: Context, design_id: UUID, part: str, slug: str) -> Page:
    """One thing with all its boxes."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    place = _place(body, chosen, slug)
    item: Item = bodies.items(body, part)[place]
    data = {
        **head(found), "part": chosen, "item": item, "slug": slug, "boxes": boxes(chosen, item, body),
        "faults": of_item(judge(body)[1], part, place), "stamp": actions.stamp(item),
    }  # fmt: skip
    return Page("programmes/designs/thing.html", data)


@post("/designs/{design_id:uuid}/parts/{part:str}/{slug:str}", EDIT, again=thing)
def change(ctx: Context, design_id: UUID, part: str, slug: str) -> Redirect:
    """Change it. Somebody else's change to another thing meanwhile is kept; to this one, it is a conflict."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    place = _place(body, chosen, slug)
    before: Item = bodies.items(body, part)[place]
    if ctx.form.text("stamp") != actions.stamp(before):
        raise Conflict(actions.CHANGED_MEANWHILE)
    item = read_item(ctx.form, chosen, body, before)
    made = bodies.put(body, part, place, item)
    _refuse(made, part, place)
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    again = item.get("type") != before.get("type") or item.get("kind") != before.get("kind")
    there = f"/designs/{design_id}/parts/{part}"
    return redirect(f"{there}/{slug}" if again else there, _("บันทึกแล้ว"))


@post("/designs/{design_id:uuid}/parts/{part:str}/{slug:str}/remove", EDIT, again=thing)
def remove(ctx: Context, design_id: UUID, part: str, slug: str) -> Redirect:
    """Take it out of the draft. What pointed at it is then named on the design's page."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(part)
    body = dict(found.body)
    made = bodies.without(body, part, _place(body, chosen, slug))
    actions.save(ctx.db, ctx.actor, found, made, version_seen(ctx.form))
    return redirect(f"/designs/{design_id}/parts/{part}", _("เอาออกจากฉบับร่างแล้ว"))


def _part(name: str) -> Part:
    if name not in PARTS:
        raise NotFound(GONE)
    return PARTS[name]


def _place(body: Body, part: Part, slug: str) -> int:
    place = bodies.place_of(body, part.name, part.key, slug)
    if place is None:
        raise NotFound(GONE)
    return place


def _refuse(body: Body, part: str, place: int) -> None:
    refuse(of_item(judge(body)[1], part, place))


routes = [things, add, order, thing, change, remove]
