"""Target groups: which are on, what they are in a phase, and their settings."""

from __future__ import annotations

from datetime import date

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.programmes import wording
from samoe.programmes.criteria.queries import worded
from samoe.programmes.designs.page import name_of
from samoe.programmes.groups import actions, forms, queries
from samoe.programmes.groups.next_steps import next_steps
from samoe.programmes.overview import group_rows
from samoe.programmes.phases.asked import asked_phase
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.place import districts_of
from samoe.programmes.seen import version_seen
from samoe.programmes.sharing.offers import offer_of
from samoe.programmes.sharing.originals import update_of
from samoe.programmes.targets.forms import MEASURES
from samoe.sdk import Setting
from samoe.targetgroups import enabling, removing
from samoe.targetgroups.discovery import canonical, catalogue
from samoe.targetgroups.enabling import EnabledGroup, group_or_404
from samoe.targetgroups.installed import unavailable
from samoe.targetgroups.manifests import manifests
from samoe.targetgroups.tuning import criteria_settings
from samoe.tenancy import current
from samoe.tenancy.tenants import tenant
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect


@get("/groups", Permission.PROGRAMME_READ)
def groups(ctx: Context) -> Page:
    """The groups that are on, and those that may be switched on."""
    rows = group_rows(ctx.db, current_phase(ctx.db, ctx.today), ctx.today)
    on = {row.group.slug for row in rows}
    offered = sorted(
        (one.manifest for slug, one in manifests(ctx.db).items() if slug not in on),
        key=lambda one: (one.order, one.slug),
    )
    data = {
        "rows": rows, "unavailable": unavailable(ctx.db),
        "shipped": catalogue(), "offered": offered if ctx.actor.may("group:configure") else [], "words": wording,
        "measures": MEASURES, "registers": forms.REGISTERS,
        "province": tenant(ctx.db, ctx.actor.tenant_id).province_code,
    }  # fmt: skip
    return Page("programmes/groups.html", data)


@post("/groups", Permission.GROUP_CONFIGURE, again=groups)
def enable(ctx: Context) -> Redirect:
    """Switch a group on."""
    slug = ctx.form.required("group", "เลือกกลุ่มเป้าหมายที่จะเปิดใช้")
    group = enabling.enable(ctx.db, ctx.actor, slug)
    return redirect(f"/groups/{group.slug}", _("เปิดใช้กลุ่มเป้าหมายแล้ว ตั้งค่าในระยะนี้ต่อได้เลย"))


@get("/groups/{slug:str}", Permission.PROGRAMME_READ)
def group(ctx: Context, slug: str) -> Page:
    """One group: in the phase, its criteria in words, benefits, targets and settings."""
    found = group_or_404(ctx.db, slug)
    phase = current_phase(ctx.db, ctx.today) if not ctx.query.text("phase") else asked_phase(ctx)
    row = next(row for row in group_rows(ctx.db, phase, ctx.today) if row.group.slug == found.slug)
    words = None
    if row.criteria:
        words = worded(found, row.criteria, ctx.today, phase)
    data = {
        "row": row, "group": found, "phase": phase, "words": wording, "rule": words, "measures": MEASURES,
        "registers": forms.REGISTERS, "sources": forms.SOURCES, "tunable": _tunable(found),
        "province": tenant(ctx.db, ctx.actor.tenant_id).province_code,
        "original": update_of(ctx.db, found.slug) if ctx.actor.may("group:configure") else None,
        "next_steps": next_steps(row, phase) if ctx.actor.may("programme:configure") else [],
    }  # fmt: skip
    return Page("programmes/group.html", data)


@get("/groups/{slug:str}/phase", Permission.PROGRAMME_CONFIGURE)
def edit_in_phase(ctx: Context, slug: str) -> Page:
    """What the group is in a phase."""
    found, phase = group_or_404(ctx.db, slug), asked_phase(ctx)
    data = {
        "group": found, "phase": phase, "now": queries.group_in_phase(ctx.db, phase.id, found.slug),
        "registers": wording.options(forms.REGISTERS), "sources": wording.options(forms.SOURCES),
        "districts": districts_of(ctx),
    }  # fmt: skip
    return Page("programmes/group_form.html", data)


@post("/groups/{slug:str}/phase", Permission.PROGRAMME_CONFIGURE, again=edit_in_phase)
def set_in_phase(ctx: Context, slug: str) -> Redirect:
    """Set it."""
    phase = asked_phase(ctx)
    form = forms.read_group(ctx.form, [area.code for area in districts_of(ctx)])
    actions.set_group(ctx.db, ctx.actor, phase.id, slug, form, version_seen(ctx.form))
    return redirect(f"/groups/{slug}?phase={phase.number}", _("บันทึกแล้ว"))


@get("/groups/{slug:str}/settings", Permission.GROUP_CONFIGURE)
def edit_settings(ctx: Context, slug: str) -> Page:
    """The settings that are no part of the criteria."""
    found = group_or_404(ctx.db, slug)
    tunable = _tunable(found)
    dated = {one.slug: found.settings[one.slug] for one in tunable if one.type == "date"}
    days = {slug: date.fromisoformat(value) for slug, value in dated.items() if value}
    return Page("programmes/settings_form.html", {"group": found, "tunable": tunable, "days": days})


@post("/groups/{slug:str}/settings", Permission.GROUP_CONFIGURE, again=edit_settings)
def save_settings(ctx: Context, slug: str) -> Redirect:
    """Tune them."""
    found = group_or_404(ctx.db, slug)
    values = forms.read_settings(ctx.form, _tunable(found))
    changed = enabling.update_settings(ctx.db, ctx.actor, slug, values, version_seen(ctx.form))
    return redirect(f"/groups/{slug}", _("บันทึกค่าแล้ว") if changed else _("ไม่มีค่าที่เปลี่ยน"))


@get("/groups/{slug:str}/off", Permission.GROUP_CONFIGURE)
def check_off(ctx: Context, slug: str) -> Page:
    """What switching off means, before it is done."""
    found = group_or_404(ctx.db, slug)
    offered = offer_of(ctx.db, current().tenant_id, found.slug)
    return Page("programmes/group_off.html", {"group": found, "offer": offered})


@post("/groups/{slug:str}/off", Permission.GROUP_CONFIGURE, again=check_off)
def disable(ctx: Context, slug: str) -> Redirect:
    """Switch a group off; its data stay."""
    actions.switch_off(ctx.db, ctx.actor, slug)
    return redirect("/groups", _("ปิดใช้กลุ่มเป้าหมายแล้ว ข้อมูลยังอยู่ครบ"))


@get("/groups/{slug:str}/remove", Permission.CRITERIA_PUBLISH)
def check_remove(ctx: Context, slug: str) -> Page:
    """What stands in the way of taking away a group that was made here, and what it means."""
    found = removing.removable(ctx.db, canonical(slug))
    offered = offer_of(ctx.db, current().tenant_id, found.design.slug)
    return Page("programmes/group_remove.html", {"found": found, "name": name_of(found.design), "offer": offered})


@post("/groups/{slug:str}/remove", Permission.CRITERIA_PUBLISH, again=check_remove)
def remove(ctx: Context, slug: str) -> Redirect:
    """Take it away."""
    actions.remove(ctx.db, ctx.actor, canonical(slug))
    return redirect("/groups", _("เอากลุ่มออกแล้ว"))


def _tunable(group: EnabledGroup) -> list[Setting]:
    spoken = criteria_settings(group.manifest)
    return [setting for setting in group.manifest.settings if setting.slug not in spoken]


routes = [
    groups, enable, group, edit_in_phase, set_in_phase, edit_settings, save_settings, check_off, disable,
    check_remove, remove,
]  # fmt: skip
menu = [MenuItem("กลุ่มเป้าหมาย", "/groups", Permission.PROGRAMME_READ, order=82, national=False, part="setup")]
