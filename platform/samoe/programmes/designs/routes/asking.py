"""When a question is asked, by picking."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.criteria import forms as picking
from samoe.programmes.criteria.buttons import first_clause
from samoe.programmes.criteria.choices import measures
from samoe.programmes.criteria.findings import findings
from samoe.programmes.criteria.forms import Picked, name_of
from samoe.programmes.criteria.shape import Shape, paths
from samoe.programmes.criteria.view import builder
from samoe.programmes.designs import actions, bodies
from samoe.programmes.designs.bodies import Item
from samoe.programmes.designs.faults import form_only, judge, of_item
from samoe.programmes.designs.page import head
from samoe.programmes.designs.waiting import waits_for
from samoe.sdk import Compare, Manifest, write_tree
from samoe.sdk.trees import TreeError, read_tree
from samoe.targetgroups import group_versions
from samoe.targetgroups.criteria import Circumstances, sentence
from samoe.targetgroups.group_versions import Design
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE
GONE = "คำถามนี้ไม่อยู่ในฉบับร่างแล้ว เปิดหน้านี้ใหม่เพื่อดูฉบับล่าสุด"

NONE_LEFT = "ไม่มีคำถามอื่นให้เลือก คำถามที่มีรอคำตอบของข้อนี้อยู่ ถ้ารอกันไปมาจะไม่ได้ถามเลย"


@get("/designs/{design_id:uuid}/asked/{asked:str}", EDIT)
def when(ctx: Context, design_id: UUID, asked: str) -> Page:
    """The answers that the question hangs on."""
    return Page("programmes/designs/when.html", _data(ctx, group_versions.design(ctx.db, design_id), asked), "builder")


@post("/designs/{design_id:uuid}/asked/{asked:str}", EDIT, again=when)
def pick_when(ctx: Context, design_id: UUID, asked: str) -> Page | Redirect:
    """Keep what was picked, then do what the pressed button says. Others may change other questions meanwhile."""
    found = group_versions.design(ctx.db, design_id)
    place, item = _field(found, asked)
    if ctx.form.text("stamp") != actions.stamp(item):
        raise Conflict(actions.CHANGED_MEANWHILE)
    do, shape = ctx.form.text("do"), _shape(item)
    offered = _offered(found, item)
    if do == "begin" and not measures(offered):
        raise Problem(NONE_LEFT)
    if do == "begin":
        shape = Shape((first_clause(offered),))
    elif do == "always":
        shape = None
    elif shape is None:
        raise Conflict(actions.CHANGED_MEANWHILE)
    else:
        shape = picking.read(ctx.form, offered, Picked(shape, {}), do).shape
    changed = {key: value for key, value in item.items() if key != "shown_when"}
    if shape is not None:
        changed["shown_when"] = write_tree(shape.tree)
    body = bodies.put(found.body, "fields", place, changed)
    for fault in of_item(judge(body)[1], "fields", place):
        if fault.box == "shown_when" and shape is not None:
            raise Problem("%(what)s", field=_box_at_fault(found, asked, shape), what=fault.message)
    saved = actions.save(ctx.db, ctx.actor, found, body, found.row_version)
    if ctx.htmx.partial:
        return Page("programmes/designs/when.html", _data(ctx, saved, asked), "builder")
    return redirect(f"/designs/{design_id}/asked/{asked}", None if do else _("บันทึกแล้ว"))


def _data(ctx: Context, found: Design, slug: str) -> dict[str, Any]:
    _place, item = _field(found, slug)
    offered, shape = _offered(found, item), _shape(item)
    data: dict[str, Any] = {
        **head(found), "item": item, "slug": slug, "stamp": actions.stamp(item), "builder": None, "rule": None,
        "nothing": not measures(offered), "waiting": sorted(_waiting(found, item)), "offered": offered,
    }  # fmt: skip
    if shape is not None:
        under = Circumstances(offered, ctx.today)
        # Days that move with the phase are not offered: a condition is settled once, when an answer is written.
        shown = replace(builder(offered, Picked(shape, {}), findings(shape, under)), moments=())
        data |= {"builder": shown, "rule": sentence(shape.tree, under)}
    return data


def _offered(found: Design, item: Item) -> Manifest:
    """A group of nothing but the questions that this one may hang on: not itself, and none that waits for it."""
    manifest = form_only({**found.body, "fields": [_alone(one) for one in bodies.items(found.body, "fields")]})
    if manifest is None:
        raise Problem("ฉบับร่างยังมีจุดที่ต้องแก้ก่อน ดูรายการในหน้าของแบบ")
    shape = _shape(item)
    spoken = {node.field for _path, node in paths(shape) if isinstance(node, Compare)} if shape else set()
    hidden = {item.get("slug")} | _waiting(found, item) - spoken
    # Ages are not offered: a condition looks at answers only.
    return replace(
        manifest, subject="institution", fields=tuple(one for one in manifest.fields if one.slug not in hidden)
    )


def _alone(field: Item) -> Item:
    return {key: value for key, value in field.items() if key not in ("shown_when", "section")}


def _waiting(found: Design, item: Item) -> set[str]:
    return waits_for(bodies.items(found.body, "fields"), str(item.get("slug")))


def _field(found: Design, slug: str) -> tuple[int, Item]:
    place = bodies.place_of(found.body, "fields", "slug", slug)
    if place is None:
        raise NotFound(GONE)
    return place, bodies.items(found.body, "fields")[place]


def _shape(item: Item) -> Shape | None:
    if not item.get("shown_when"):
        return None
    try:
        return Shape.of(read_tree(item["shown_when"]))
    except TreeError:
        return None


def _box_at_fault(found: Design, slug: str, shape: Shape) -> str:
    """The clause that speaks of a question which waits for this one, else the first."""
    waiting = waits_for(bodies.items(found.body, "fields"), slug) | {slug}
    for path, node in paths(shape):
        if isinstance(node, Compare) and node.field in waiting:
            return f"{name_of(path)}.measure"
    return "c.0.measure"


routes = [when, pick_when]
