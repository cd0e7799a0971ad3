"""The fund's pages of reference rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria import forms as picking
from samoe.programmes.criteria.forms import Picked
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.criteria.view import builder
from samoe.programmes.references import actions, queries
from samoe.programmes.seen import version_seen
from samoe.sdk import Manifest
from samoe.targetgroups import references
from samoe.targetgroups.contracts import contracts
from samoe.targetgroups.criteria import Circumstances, Sentence, sentence
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.enabling import on_by_tenant
from samoe.targetgroups.manifests import everywhere
from samoe.targetgroups.references import Reference
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

MANAGE = Permission.CONTRACT_MANAGE


@get("/references", MANAGE)
def reference_rules(ctx: Context) -> Page:
    """Every group that has a rule of the fund's, its versions, and beginning one for another group."""
    known, on = everywhere(ctx.db), on_by_tenant(ctx.db).values()
    # Of what provinces have made: only what one of them does. What it gave up is its own.
    offered = {slug: one for slug, one in known.items() if slug in catalogue() or any(slug in slugs for slugs in on)}
    by_group: dict[str, list[tuple[Reference, Sentence | None]]] = {}
    for one in references.references(ctx.db):
        manifest = _drawn_on(ctx, one) if one.group_slug in offered else None
        by_group.setdefault(one.group_slug, []).append((one, _words(ctx, one, manifest) if manifest else None))
    data = {
        "by_group": by_group, "used": {one.id for one in references.in_force(ctx.db, ctx.today).values()},
        "named": lambda slug: _name(offered.get(slug)) or slug, "offered": offered,
        "groups": [(slug, _name(one)) for slug, one in sorted(offered.items(), key=lambda pair: pair[1].order)],
    }  # fmt: skip
    return Page("programmes/references/list.html", data)


@post("/references", MANAGE, again=reference_rules)
def begin_rule(ctx: Context) -> Redirect:
    """Begin a version; the draft there is, if any."""
    return redirect(f"/references/{actions.start(ctx.db, ctx.actor, ctx.form.text('group')).id}")


@get("/references/{reference_id:uuid}", MANAGE)
def reference_rule(ctx: Context, reference_id: UUID) -> Page:
    """The draft as one picks it, or a published version in words."""
    return _page(ctx, references.reference(ctx.db, reference_id))


@post("/references/{reference_id:uuid}", MANAGE, again=reference_rule)
def pick_rule(ctx: Context, reference_id: UUID) -> Page | Redirect:
    """Keep what was picked, then do what the pressed button says."""
    found = references.reference(ctx.db, reference_id)
    manifest, seen, do = actions.drawn_on(ctx.db, found), version_seen(ctx.form), ctx.form.text("do")
    if found.row_version != seen:
        raise Conflict(actions.CHANGED_MEANWHILE)
    picked = picking.read(ctx.form, manifest, Picked(Shape.of(found.tree), {}), do)
    saved = actions.save(ctx.db, ctx.actor, found, manifest, picked.shape.tree, seen)
    if ctx.htmx.partial:
        return _page(ctx, saved)
    return redirect(f"/references/{reference_id}", None if do else _("บันทึกร่างแล้ว"))


@post("/references/{reference_id:uuid}/contract", MANAGE, again=reference_rule)
def tie_rule(ctx: Context, reference_id: UUID) -> Redirect:
    """Say which groups of other names are counted by it."""
    found = references.reference(ctx.db, reference_id)
    actions.tie(ctx.db, ctx.actor, found, ctx.form.text("contract"), version_seen(ctx.form))
    return redirect(f"/references/{reference_id}", _("บันทึกร่างแล้ว"))


@get("/references/{reference_id:uuid}/publish", MANAGE)
def check_rule(ctx: Context, reference_id: UUID) -> Page:
    """What publishing means."""
    found = references.reference(ctx.db, reference_id)
    return Page("programmes/references/publish.html", _data(ctx, found) | {"today": ctx.today})


@post("/references/{reference_id:uuid}/publish", MANAGE, again=check_rule)
def publish_rule(ctx: Context, reference_id: UUID) -> Redirect:
    """Put it in force."""
    found = references.reference(ctx.db, reference_id)
    form = picking.read_publishing(ctx.form)
    manifest = actions.drawn_on(ctx.db, found)
    actions.publish(ctx.db, ctx.actor, found, manifest, form, version_seen(ctx.form))
    return redirect("/references", _("ประกาศใช้เกณฑ์อ้างอิงฉบับที่ %(n)s แล้ว จังหวัดจะนับตามในรอบถัดไป", n=found.number))


@post("/references/{reference_id:uuid}/discard", MANAGE, again=reference_rules)
def discard_rule(ctx: Context, reference_id: UUID) -> Redirect:
    """Throw the draft away."""
    actions.discard(ctx.db, ctx.actor, references.reference(ctx.db, reference_id))
    return redirect("/references", _("ทิ้งฉบับร่างแล้ว"))


def _page(ctx: Context, found: Reference) -> Page:
    return Page("programmes/references/rule.html", _data(ctx, found), block="builder")


def _data(ctx: Context, found: Reference) -> dict[str, Any]:
    kept, manifest = contracts(ctx.db), _drawn_on(ctx, found)
    if manifest is None and found.draft:
        raise Problem(actions.MOVED_ON)
    shown = builder(manifest, Picked(Shape.of(found.tree), {})) if found.draft and manifest else None
    return {
        "reference": found, "here": f"/references/{found.id}", "builder": shown,
        "name": _name(manifest or everywhere(ctx.db).get(found.group_slug)) or found.group_slug,
        "rule": _words(ctx, found, manifest) if manifest else None, "places": queries.places(ctx.db, found, ctx.today),
        "tied": kept.get(found.contract or ""),
        "codes": [("", _("ไม่มี นับเฉพาะกลุ่มชื่อนี้และกลุ่มที่ตั้งต้นจากกลุ่มนี้"))]
        + [(one.code, f"{one.code} {pick(one.name.th, one.name.en)}") for one in kept.values() if one.active],
    }  # fmt: skip


def _drawn_on(ctx: Context, found: Reference) -> Manifest | None:
    """The group that the rule was picked on; None where nobody asks its questions any more."""
    try:
        return actions.drawn_on(ctx.db, found)
    except Problem:
        return None


def _words(ctx: Context, found: Reference, manifest: Manifest) -> Sentence:
    return sentence(found.tree, Circumstances(manifest, ctx.today))


def _name(manifest: Manifest | None) -> str:
    return pick(manifest.name.th, manifest.name.en) if manifest else ""


routes = [
    reference_rules, begin_rule, reference_rule, pick_rule, tie_rule, check_rule, publish_rule, discard_rule,
]  # fmt: skip
menu = [MenuItem("เกณฑ์อ้างอิง", "/references", MANAGE, order=84, national=True)]
