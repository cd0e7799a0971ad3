"""The fund's page of all provinces."""

from __future__ import annotations

from typing import Any

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Permission
from samoe.kit.workbooks import XLSX
from samoe.programmes.references.queries import places
from samoe.programmes.released import queries as released
from samoe.programmes.released.beside import changes
from samoe.reporting.comparison import indicators, queries
from samoe.reporting.comparison.contracts import by_contract
from samoe.reporting.comparison.criteria import provinces
from samoe.reporting.comparison.trend import trend
from samoe.reporting.comparison.workbook import workbook
from samoe.reporting.few import FEW
from samoe.targetgroups.contracts import BETTER_WORDS, KIND_WORDS, contracts
from samoe.targetgroups.manifests import everywhere, known
from samoe.targetgroups.references import in_force
from samoe.tenancy.tenants import tenants
from samoe.web import Context, Download, MenuItem, Page, get

BREAKS = (15, 25, 30, 36)


def _chosen(ctx: Context) -> dict[str, Any]:
    slugs = queries.groups_compared(ctx.db)
    wanted = ctx.query.text("group").replace("-", "_")
    slug = wanted if wanted in slugs else slugs[0] if slugs else ""
    kept = queries.registers_of(ctx.db, slug) if slug else {}
    asked = ctx.query.text("register")
    register = asked if asked in queries.REGISTERS else max(kept, key=lambda r: kept[r], default="population")
    rows = queries.compare(ctx.db, slug, register) if slug else []
    elsewhere = len(queries.keeping(ctx.db, slug, but=register)) if slug else 0
    off = queries.without(ctx.db, slug) if slug else []
    return {
        "elsewhere": elsewhere, "off": off, "slugs": slugs, "slug": slug, "register": register, "kept": kept,
        "rows": rows,
    }  # fmt: skip


@get("/compare", Permission.COMPARE_PROVINCES)
def compare(ctx: Context) -> Page:
    """Coverage, targets, need and aid per child of every province; persons never."""
    data = _chosen(ctx)
    by = indicators.chosen(ctx.query.text("by"))
    points, middle = indicators.points(data["rows"], by)
    if ctx.query.text("only") == "1":
        points = [point for point in points if point.comparable]
    values = {p.row.code: {"value": p.value, "comparable": p.comparable or p.value is None} for p in points}
    manifests = everywhere(ctx.db)
    data |= {
        "by": by, "indicators": indicators.INDICATORS, "points": points, "median": middle, "map_values": values,
        "breaks": BREAKS, "few": indicators.few, "held": indicators.held, "only": ctx.query.text("only") == "1",
        "groups": [(slug, pick(manifests[slug].name.th, manifests[slug].name.en)) for slug in data["slugs"]],
        "reported": sum(1 for row in data["rows"] if row.comparable),
        "top": max([100.0, *[p.high or 0 for p in points]]),
    }  # fmt: skip
    few = {row.tenant_id for row in data["rows"] if indicators.few(row.assisted) == "few"}
    names = released.group_names(ctx.db)
    lines = released.references(ctx.db, slug=data["slug"]) if data["slug"] else []
    rule = in_force(ctx.db, ctx.today).get(data["slug"])
    counted = {(line.tenant_id, line.group_slug) for line in lines}
    data |= {
        "references": lines, "changes": changes(ctx.db),
        "waiting": [one for one in places(ctx.db, rule, ctx.today) if one.key not in counted] if rule else [],
        "provinces": {one.id: pick(one.th, one.en) for one in tenants(ctx.db) if one.kind == "province"},
        "called": lambda line: released.group_name(names, line.tenant_id, line.group_slug),
    }  # fmt: skip
    data |= {"trend": trend(ctx.db, data["slug"], data["rows"], few), "closed": few}
    return Page("reporting/compare.html", data, block="view")


@get("/compare.xlsx", Permission.COMPARE_PROVINCES)
def compare_file(ctx: Context) -> Download:
    """The same numbers as Excel."""
    data = _chosen(ctx)
    manifest = known(data["slug"])
    name = pick(manifest.name.th, manifest.name.en) if manifest else ""
    title = _("เปรียบเทียบจังหวัด: %(group)s", group=name)
    content = workbook(data["rows"], title, data["off"])
    return Download(
        content, f"samoe-compare-{data['slug']}.xlsx",
        XLSX,
    )  # fmt: skip


@get("/compare/criteria", Permission.COMPARE_PROVINCES)
def compare_criteria(ctx: Context) -> Page:
    """How many versions of its criteria each province made, when, why, and how many qualified under each."""
    slugs = queries.groups_compared(ctx.db)
    wanted = ctx.query.text("group").replace("-", "_")
    slug = wanted if wanted in slugs else slugs[0] if slugs else ""
    manifests = everywhere(ctx.db)
    data = {
        "slug": slug, "groups": [(one, pick(manifests[one].name.th, manifests[one].name.en)) for one in slugs],
        "provinces": provinces(ctx.db, slug, queries.having(ctx.db, slug)),
    }  # fmt: skip
    return Page("reporting/compare_criteria.html", data)


@get("/compare/contracts", Permission.COMPARE_PROVINCES)
def compare_by_contract(ctx: Context) -> Page:
    """The provinces by one national indicator, whatever they call the group that answers it."""
    kept = contracts(ctx.db)
    used = {line.contract for line in released.indicators(ctx.db)}
    offered = [one for one in kept.values() if one.active or one.code in used]
    wanted = ctx.query.text("code")
    first = next((one.code for one in offered if one.code in used), offered[0].code if offered else "")
    chosen = kept.get(wanted if wanted in kept else first)
    rows = by_contract(ctx.db, chosen) if chosen else []
    drawn = [row for row in rows if row.value is not None]
    data = {
        "contract": chosen, "offered": offered, "rows": rows, "few_below": FEW, "better": BETTER_WORDS,
        "small_below": indicators.SMALL_BASE, "drawn": drawn, "top": max([100.0, *[row.high or 0 for row in drawn]]),
        "kinds": KIND_WORDS,
    }  # fmt: skip
    return Page("reporting/contracts.html", data, block="view")


routes = [compare, compare_file, compare_criteria, compare_by_contract]
menu = [MenuItem("เปรียบเทียบจังหวัด", "/compare", Permission.COMPARE_PROVINCES, order=20, national=True)]
