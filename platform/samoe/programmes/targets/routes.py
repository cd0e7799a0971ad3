"""The grid of targets: how many in each district, and for the whole."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import wording
from samoe.programmes.groups.queries import districts_in_scope, group_in_phase
from samoe.programmes.phases.asked import asked_phase
from samoe.programmes.seen import version_seen
from samoe.programmes.targets import actions, forms, queries
from samoe.programmes.targets.queries import ASSISTED
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy.tenants import tenant
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/groups/{slug:str}/targets", Permission.PROGRAMME_READ)
def targets(ctx: Context, slug: str) -> Page:
    """The grid of one measure."""
    group, phase, measure = group_or_404(ctx.db, slug), asked_phase(ctx), _measure(ctx)
    rows = queries.rows(ctx.db, phase.id, group.slug, measure)
    found = queries.targets(ctx.db, phase.id, group.slug, measure)
    data = {
        "group": group, "phase": phase, "measure": measure, "measures": forms.MEASURES, "found": found,
        "districts": districts_in_scope(_province(ctx), group_in_phase(ctx.db, phase.id, group.slug)),
        "versions": {code or forms.WHOLE: row.row_version for code, row in rows.items()},
        "typed": forms.write_span, "words": wording,
    }  # fmt: skip
    return Page("programmes/targets.html", data)


@post("/groups/{slug:str}/targets", Permission.PROGRAMME_CONFIGURE, again=targets)
def set_targets(ctx: Context, slug: str) -> Redirect:
    """Set what was typed; an empty box takes a target away."""
    group, phase, measure = group_or_404(ctx.db, slug), asked_phase(ctx), _measure(ctx)
    scope = districts_in_scope(_province(ctx), group_in_phase(ctx.db, phase.id, group.slug))
    codes = [area.code for area in scope]
    wanted = forms.read_targets(ctx.form, codes)
    seen = {code: version_seen(ctx.form, f"v_{code or forms.WHOLE}") for code in (None, *codes)}
    changed = actions.set_targets(ctx.db, ctx.actor, phase.id, slug, wanted, measure=measure, seen=seen)
    toast = _("บันทึกเป้าหมาย %(n)s ช่องแล้ว", n=len(changed)) if changed else _("ไม่มีเป้าหมายที่เปลี่ยน")
    return redirect(f"/groups/{slug}/targets?phase={phase.number}&measure={measure}", toast)


def _measure(ctx: Context) -> str:
    asked = ctx.form.text("measure") or ctx.query.text("measure")
    return asked if asked in forms.MEASURES else ASSISTED


def _province(ctx: Context) -> str:
    return tenant(ctx.db, ctx.actor.tenant_id).province_code or ""


routes = [targets, set_targets]
