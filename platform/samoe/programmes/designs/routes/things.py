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
from samoe.programmes.designs.view import asked, boxes, lines, mendable
from samoe.programmes.seen import version_seen
from samoe.targetgroups import group_versions
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE
GONE = "รายการนี้ไม่อยู่ในฉบับร่างแล้ว เปิดหน้านี้ใหม่เพื่อดูฉบับล่าสุด"


@get("/designs/{design_id:uuid}/parts/{list_name:str}", EDIT)
def things(ctx: Context, design_id: UUID, list_name: str) -> Page:
    """Everything in one part, and the boxes of one more."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    faults = Counter(one.place for one in judge(body)[1] if one.part == list_name and one.place is not None)
    data = {
        **head(found), "part": chosen, "lines": lines(chosen, body, faults),
        "boxes": boxes(chosen, dict(chosen.new), body, adding=True),
    }  # fmt: skip
    return Page("programmes/designs/things.html", data)


@post("/designs/{design_id:uuid}/parts/{list_name:str}", EDIT, again=things)
def add(ctx: Context, design_id: UUID, list_name: str) -> Redirect:
    """Add a thing; what else is asked of it follows on its own page."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    item = read_item(ctx.form, chosen, body, None)
    made = bodies.put(body, list_name, None, item)
    faults = of_item(judge(made)[1], list_name, len(bodies.items(made, list_name)) - 1)
    keys = {box.key for box in chosen.boxes(item, adding=True)}
    refuse([fault for fault in faults if fault.box.split(".")[0] in keys])
    # Somebody who adds a thing overwrites nothing: it is laid over the draft as it is now.
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    there = f"/designs/{design_id}/parts/{list_name}"
    further = bool(faults) or any(box.kind == "table" for box in chosen.boxes(item))
    return redirect(f"{there}/{item[chosen.key]}" if further else f"{there}#new", _("เพิ่มแล้ว"))


@post("/designs/{design_id:uuid}/parts/{list_name:str}/order", EDIT, again=things)
def order(ctx: Context, design_id: UUID, list_name: str) -> Redirect:
    """Move a thing up or down, or put all in the order that dragging left them in."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    verb, _sep, named = ctx.form.text("do").partition(":")
    if verb in ("up", "down"):
        made = bodies.moved(body, list_name, _place(body, chosen, named), -1 if verb == "up" else 1)
    else:
        made = bodies.ordered(body, list_name, chosen.key, ctx.form.all("order"))
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    return redirect(f"/designs/{design_id}/parts/{list_name}")


@get("/designs/{design_id:uuid}/parts/{list_name:str}/{thing_slug:str}", EDIT)
def thing(ctx: Context, design_id: UUID, list_name: str, thing_slug: str) -> Page:
    """One thing with all its boxes."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    place = _place(body, chosen, thing_slug)
    item: Item = bodies.items(body, list_name)[place]
    data = {
        **head(found), "part": chosen, "item": item, "slug": thing_slug, "boxes": boxes(chosen, item, body),
        "faults": of_item(judge(body)[1], list_name, place), "stamp": actions.stamp(item),
    }  # fmt: skip
    return Page("programmes/designs/thing.html", data)


@post("/designs/{design_id:uuid}/parts/{list_name:str}/{thing_slug:str}", EDIT, again=thing)
def change(ctx: Context, design_id: UUID, list_name: str, thing_slug: str) -> Redirect:
    """Change it. Somebody else's change to another thing meanwhile is kept; to this one, it is a conflict."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    place = _place(body, chosen, thing_slug)
    before: Item = bodies.items(body, list_name)[place]
    if ctx.form.text("stamp") != actions.stamp(before):
        raise Conflict(actions.CHANGED_MEANWHILE)
    item = read_item(ctx.form, chosen, body, before)
    made = bodies.put(body, list_name, place, item)
    faults = of_item(judge(made)[1], list_name, place)
    shown, then = boxes(chosen, before, body), boxes(chosen, item, made)
    refuse([fault for fault in faults if mendable(fault.box, shown, then)])
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    # Another kind of thing is asked other things: they follow, with what is still missing.
    again = bool(faults) or asked(then) != asked(shown)
    there = f"/designs/{design_id}/parts/{list_name}"
    return redirect(f"{there}/{thing_slug}" if again else there, _("บันทึกแล้ว"))


@post("/designs/{design_id:uuid}/parts/{list_name:str}/{thing_slug:str}/remove", EDIT, again=thing)
def remove(ctx: Context, design_id: UUID, list_name: str, thing_slug: str) -> Redirect:
    """Take it out of the draft. What pointed at it is then named on the design's page."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    made = bodies.without(body, list_name, _place(body, chosen, thing_slug))
    actions.save(ctx.db, ctx.actor, found, made, version_seen(ctx.form))
    return redirect(f"/designs/{design_id}/parts/{list_name}", _("เอาออกจากฉบับร่างแล้ว"))


def _part(name: str) -> Part:
    if name not in PARTS:
        raise NotFound(GONE)
    return PARTS[name]


def _place(body: Body, part: Part, slug: str) -> int:
    place = bodies.place_of(body, part.name, part.key, slug)
    if place is None:
        raise NotFound(GONE)
    return place


routes = [things, add, order, thing, change, remove]
