"""The grid of targets: how many in each district and quarter, and for the whole; typed, pasted or divided."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Problem
from samoe.programmes.phases.queries import phase as phase_with
from samoe.programmes.targets import actions, forms, queries
from samoe.programmes.targets.page import Asked, asked, grid, typed_whole
from samoe.programmes.targets.pasting import read_pasted
from samoe.programmes.targets.queries import Targets
from samoe.programmes.targets.splitting import as_before, split
from samoe.web import Context, Page, Redirect, get, post, redirect

CLOSED = "ระยะนี้ปิดแล้ว แก้เป้าหมายไม่ได้"


@get("/groups/{slug:str}/targets", Permission.PROGRAMME_READ)
def targets(ctx: Context, slug: str) -> Page:
    """The grid of one measure."""
    return grid(ctx, asked(ctx, slug))


@post("/groups/{slug:str}/targets", Permission.PROGRAMME_CONFIGURE, again=targets)
def set_targets(ctx: Context, slug: str) -> Page | Redirect:
    """Set what was typed, an empty box taking a target away; or show how the pressed button would divide the whole."""
    at, divide = asked(ctx, slug), ctx.form.text("divide")
    if at.phase.closed_at is not None:
        raise Problem(CLOSED)
    if divide in ("evenly", "as_before"):
        return _divided(ctx, at, evenly=divide == "evenly")
    wanted = forms.read_grid(ctx.form, at.codes, at.quarters)
    seen = forms.read_seen(ctx.form, at.codes, at.quarters)
    changed = actions.set_grid(ctx.db, ctx.actor, at.phase.id, slug, wanted, measure=at.measure, seen=seen)
    toast = _("บันทึกเป้าหมาย %(n)s ช่องแล้ว", n=len(changed)) if changed else _("ไม่มีเป้าหมายที่เปลี่ยน")
    return redirect(at.address, toast)


@get("/groups/{slug:str}/targets/paste", Permission.PROGRAMME_CONFIGURE)
def paste(ctx: Context, slug: str) -> Page:
    """A box for a block of cells from Excel."""
    at = asked(ctx, slug)
    return Page("programmes/targets_paste.html", {"at": at, "group": at.group, "phase": at.phase, "block": _block(ctx)})


@post("/groups/{slug:str}/targets/paste", Permission.PROGRAMME_CONFIGURE, again=paste)
def read_block(ctx: Context, slug: str) -> Page:
    """What of the block was read, laid over what is kept; nothing is saved."""
    at = asked(ctx, slug)
    if at.phase.closed_at is not None:
        raise Problem(CLOSED)
    pasted = read_pasted(_block(ctx), at.province, at.codes, at.quarters)
    kept = queries.targets(ctx.db, at.phase.id, at.group.slug, at.measure).cells
    return grid(ctx, at, {**kept, **pasted.cells}, told=_("วางจาก Excel"), pasted=pasted)


def _divided(ctx: Context, at: Asked, *, evenly: bool) -> Page:
    whole, by_quarter = typed_whole(ctx), "by_quarter" in ctx.form
    weights, quarters = dict.fromkeys(at.codes, 1), [1] * at.quarters
    if not evenly:
        weights, quarters = as_before(_before(ctx, at), at.codes, at.quarters)
        if not any(weights.values()):
            raise Problem("ระยะก่อนหน้าไม่มีเป้าหมายรายอำเภอของกลุ่มนี้ แบ่งเท่ากันหรือแบ่งตามทะเบียนแทน", field=forms.WHOLE)
    told = _("แบ่งเท่ากันทุกอำเภอ") if evenly else _("แบ่งตามสัดส่วนของระยะก่อนหน้า")
    return grid(ctx, at, split(whole, weights, quarters, by_quarter=by_quarter), told=told)


def _before(ctx: Context, at: Asked) -> Targets:
    if at.phase.predecessor_id is None:
        return Targets()
    before = phase_with(ctx.db, at.phase.predecessor_id)
    return queries.targets(ctx.db, before.id, at.group.slug, at.measure)


def _block(ctx: Context) -> str:
    """As it was pasted: a tab at its beginning is an empty cell."""
    return ctx.form.raw("block")


routes = [targets, set_targets, paste, read_block]
