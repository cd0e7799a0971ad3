"""The parts of a draft: the list of each, adding a thing, changing it, moving it, taking it out."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Conflict, NotFound, Problems
from samoe.programmes.designs import actions, bodies
from samoe.programmes.designs.bodies import Body, Item
from samoe.programmes.designs.faults import Fault, form_only, judge, of_item
from samoe.programmes.designs.inputs import Part
from samoe.programmes.designs.letter import samples
from samoe.programmes.designs.page import head, refuse
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.published import Published, promised_by
from samoe.programmes.designs.reading import options_of, read_item, typed_item, with_rows_of
from samoe.programmes.designs.sketch import sketch, whole_form
from samoe.programmes.designs.telling import only_theirs, said
from samoe.programmes.designs.view import asked, boxes, lines, mendable
from samoe.programmes.seen import version_seen
from samoe.sdk.trees import TreeError, read_tree
from samoe.targetgroups import group_versions
from samoe.targetgroups.criteria import Circumstances, Sentence, sentence
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.letters import place_names
from samoe.web import Context, Page, Redirect, get, post, redirect
from samoe.web.page import Answer

EDIT = Permission.GROUP_CONFIGURE
STAMP = "stamp"
LETTERS, FOLLOWING = "documents", ("table", "letter")
SKETCHED = ("fields", "sections")
"""The parts beside which the form is shown."""
NOTHING = Published({}, {})
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
        "sketch": whole_form(ctx.db, body) if list_name in SKETCHED else None,
    }  # fmt: skip
    return Page("programmes/designs/things.html", data)


@post("/designs/{design_id:uuid}/parts/{list_name:str}", EDIT, again=things)
def add(ctx: Context, design_id: UUID, list_name: str) -> Redirect:
    """Add a thing; what else is asked of it follows on its own page."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    taken = promised_by(ctx.db, found.slug).fields if list_name == "fields" else ()
    item = read_item(ctx.form, chosen, body, None, taken)
    made = bodies.put(body, list_name, None, item)
    faults = of_item(judge(made)[1], list_name, len(bodies.items(made, list_name)) - 1)
    keys = {box.key for box in chosen.boxes(item, adding=True)}
    refuse([fault for fault in faults if fault.box.split(".")[0] in keys])
    # Somebody who adds a thing overwrites nothing: it is laid over the draft as it is now.
    actions.save(ctx.db, ctx.actor, found, made, found.row_version)
    there = f"/designs/{design_id}/parts/{list_name}"
    further = bool(faults) or any(box.kind in FOLLOWING for box in chosen.boxes(item))
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
    stored: Item = bodies.items(body, list_name)[place]
    promised = promised_by(ctx.db, found.slug) if list_name == "fields" else NOTHING
    item, again = stored, (ctx.problems or ctx.redrawn) and STAMP in ctx.form
    if again:
        item = typed_item(ctx.form, chosen, body, stored)
        item = with_rows_of(item, chosen, stored) if ctx.conflict else item
    theirs, used = stored if ctx.conflict else None, thing_slug in promised.options
    data = {
        **head(found), "part": chosen, "item": item, "slug": thing_slug, "stamp": actions.stamp(stored),
        "boxes": boxes(chosen, item, body, stored=theirs, used=used, sent=ctx.form if again else None),
        "only_theirs": only_theirs(chosen, item, stored, body) if theirs is not None else (),
        "place_names": place_names, "letters": samples(ctx.db, body, item, ctx.today) if list_name == LETTERS else (),
        "kept_letters": [side for side in ("th", "en") if side in (stored.get("text") or ())],
        "faults": () if again else [_said(chosen, one) for one in of_item(judge(body)[1], list_name, place)],
        "promised": thing_slug in promised.fields, "used": used,
        "shared": [said(words) for _value, words in options_of(item)] if item.get("codelist") else [],
        "condition": _condition(ctx, body, stored) if list_name == "fields" else None,
        "sketch": sketch(ctx.db, body, place, item) if list_name == "fields" else None,
        "on": found.slug in {group.slug for group in enabled(ctx.db)},
    }  # fmt: skip
    return Page("programmes/designs/thing.html", data, "boxes" if ctx.htmx.partial and ctx.redrawn else None)


@post("/designs/{design_id:uuid}/parts/{list_name:str}/{thing_slug:str}/draw", EDIT)
def draw(ctx: Context, design_id: UUID, list_name: str, thing_slug: str) -> Answer:
    """The boxes as what was just chosen asks for them, with the question as it would be asked. Nothing is kept."""
    ctx.redrawn = True
    return thing(ctx, design_id, list_name, thing_slug)


@post("/designs/{design_id:uuid}/parts/{list_name:str}/{thing_slug:str}", EDIT, again=thing)
def change(ctx: Context, design_id: UUID, list_name: str, thing_slug: str) -> Redirect:
    """Change it. Somebody else's change to another thing meanwhile is kept; to this one, it is a conflict."""
    found, chosen = group_versions.design(ctx.db, design_id), _part(list_name)
    body = dict(found.body)
    place = _place(body, chosen, thing_slug)
    before: Item = bodies.items(body, list_name)[place]
    if ctx.form.text(STAMP) != actions.stamp(before):
        raise Conflict(actions.CHANGED_MEANWHILE)
    promised = promised_by(ctx.db, found.slug) if list_name == "fields" else NOTHING
    item = read_item(ctx.form, chosen, body, before, promised.options.get(thing_slug, ()))
    if otherwise := list(promised.faults(item)):
        raise Problems(otherwise)
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


def _said(part: Part, fault: Fault) -> str:
    """A fault with the name of the box that it is at."""
    label = next((box.label for box in part.inputs if box.key == fault.box.split(".")[0]), None)
    return f"{_(label)}: {fault.message}" if label else fault.message


def _condition(ctx: Context, body: Body, item: Item) -> Sentence | None:
    """When the question is asked, in words; None where it always is, or while that cannot be said."""
    manifest = form_only(body)
    if not item.get("shown_when") or manifest is None:
        return None
    try:
        return sentence(read_tree(item["shown_when"]), Circumstances(manifest, ctx.today))
    except (TreeError, KeyError):
        return None


routes = [things, add, order, thing, draw, change, remove]
