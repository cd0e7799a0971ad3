"""The criteria of a draft, by picking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria import forms as picking
from samoe.programmes.criteria.buttons import first_clause
from samoe.programmes.criteria.findings import findings
from samoe.programmes.criteria.forms import Picked
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.criteria.view import builder
from samoe.programmes.designs import actions, bodies
from samoe.programmes.designs.faults import without_faulty
from samoe.programmes.designs.page import head, overview, under
from samoe.programmes.seen import version_seen
from samoe.sdk import Manifest, Rule, write_tree
from samoe.targetgroups import group_versions
from samoe.targetgroups.criteria import sentence
from samoe.targetgroups.group_versions import Design
from samoe.web import Context, Page, Redirect, get, post, redirect

EDIT = Permission.GROUP_CONFIGURE


@get("/designs/{design_id:uuid}/criteria", EDIT)
def criteria(ctx: Context, design_id: UUID) -> Page:
    """The rule that people are to be screened by."""
    return Page("programmes/designs/criteria.html", _data(ctx, group_versions.design(ctx.db, design_id)), "builder")


@post("/designs/{design_id:uuid}/criteria", EDIT, again=criteria)
def pick(ctx: Context, design_id: UUID) -> Page | Redirect:
    """Keep what was picked, then do what the pressed button says."""
    found = group_versions.design(ctx.db, design_id)
    manifest = _whole(found)
    body, do = dict(found.body), ctx.form.text("do")
    rule = manifest.criteria
    if found.row_version != version_seen(ctx.form):
        raise Conflict(actions.CHANGED_MEANWHILE)
    if do == "begin":
        tree = write_tree(Shape((first_clause(manifest),)).tree)
    elif do == "drop":
        tree = None
    elif rule is None:
        raise Conflict(actions.CHANGED_MEANWHILE)
    else:
        tree = write_tree(picking.read(ctx.form, manifest, _picked(manifest, rule), do).shape.tree)
    saved = actions.save(ctx.db, ctx.actor, found, bodies.with_criteria(body, tree), found.row_version)
    if ctx.htmx.partial:
        return Page("programmes/designs/criteria.html", _data(ctx, saved), "builder")
    return redirect(f"/designs/{design_id}/criteria", None if do else _("บันทึกร่างแล้ว"))


def _whole(found: Design) -> Manifest:
    manifest = without_faulty(dict(found.body))
    if manifest is None:
        raise Problem("ฉบับร่างยังมีจุดที่ต้องแก้ก่อนตั้งเกณฑ์ ดูรายการในหน้าของแบบ")
    return manifest


def _picked(manifest: Manifest, rule: Rule) -> Picked:
    return Picked(Shape.of(rule.tree), manifest.values({}))


def _data(ctx: Context, found: Design) -> dict[str, Any]:
    manifest = without_faulty(dict(found.body))
    if manifest is None:
        return overview(ctx, found)
    rule = manifest.criteria
    data: dict[str, Any] = {**head(found), "manifest": manifest, "faults": (), "builder": None, "rule": None}
    if rule is not None:
        at = under(ctx.db, manifest, ctx.today)
        picked = _picked(manifest, rule)
        found_out = findings(picked.shape, at)
        data |= {"builder": builder(manifest, picked, found_out), "rule": sentence(rule.tree, at)}
    return data


routes = [criteria, pick]
