"""Looking at a draft as those will who work with it: its form, and what it makes of people who are made up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samoe.identity import Permission
from samoe.kit.problem import Problem
from samoe.programmes.designs.bodies import items
from samoe.programmes.designs.faults import form_only, judge, without_faulty
from samoe.programmes.designs.page import head, under
from samoe.programmes.designs.trying import MOST_SEEDS, people, pickable, seed_of
from samoe.sdk import Manifest
from samoe.targetgroups import group_versions
from samoe.targetgroups.forms import form
from samoe.targetgroups.group_versions import Design
from samoe.web import Context, Page, get, post
from samoe.web.page import Answer

EDIT = Permission.GROUP_CONFIGURE


@get("/designs/{design_id:uuid}/preview", EDIT)
def preview(ctx: Context, design_id: UUID) -> Page:
    """The whole form as a field worker sees it."""
    found = group_versions.design(ctx.db, design_id)
    manifest = _whole(found)
    sent = ctx.form if ctx.redrawn else None
    data = {
        **head(found), "ask": f"/designs/{design_id}/preview", "faults": len(judge(dict(found.body))[1]),
        "parts": form(manifest, {}, "", pickable(ctx.db, manifest), sent, ctx.form.text("rows")),
    }  # fmt: skip
    return Page("programmes/designs/preview.html", data, "questions" if ctx.htmx.partial else None)


@post("/designs/{design_id:uuid}/preview", EDIT)
def ask_preview(ctx: Context, design_id: UUID) -> Answer:
    """The same with the questions that what was typed asks for. Nothing is kept."""
    ctx.redrawn = True
    return preview(ctx, design_id)


@get("/designs/{design_id:uuid}/try", EDIT)
def try_out(ctx: Context, design_id: UUID) -> Page:
    """Three people who are made up, with what the draft makes of each."""
    found = group_versions.design(ctx.db, design_id)
    manifest = _whole(found)
    seed = seed_of(ctx.form.text("seed") or ctx.query.text("seed"))
    sent = ctx.form if ctx.redrawn else None
    made, faults = people(
        under(ctx.db, manifest, ctx.today), pickable(ctx.db, manifest), seed, sent, ctx.form.text("rows")
    )
    if faults:
        ctx.problems = tuple(faults)
    data: dict[str, Any] = {
        **head(found), "ask": f"/designs/{design_id}/try", "people": made, "seed": seed, "again": seed % MOST_SEEDS + 1,
        "manifest": manifest, "lost": bool(items(found.body, "rules")) and manifest.criteria is None,
    }  # fmt: skip
    return Page("programmes/designs/try.html", data, "people" if ctx.htmx.partial else None)


@post("/designs/{design_id:uuid}/try", EDIT)
def try_again(ctx: Context, design_id: UUID) -> Answer:
    """The same people with other answers. Nothing is kept."""
    ctx.redrawn = True
    return try_out(ctx, design_id)


def _whole(found: Design) -> Manifest:
    manifest = without_faulty(dict(found.body)) or form_only(dict(found.body))
    if manifest is None:
        raise Problem("ฉบับร่างยังมีจุดที่ต้องแก้ก่อนลองใช้ ดูรายการในหน้าของแบบ")
    return manifest


routes = [preview, ask_preview, try_out, try_again]
