"""The pages of reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit import be_format
from samoe.kit.problem import Problem
from samoe.kit.workbooks import XLSX
from samoe.programmes.phases.queries import PhaseDays, phases
from samoe.reporting.figures import figures, phase_shown
from samoe.reporting.quarter import actions, queries
from samoe.reporting.quarter.forms import KnownThen, read_known
from samoe.reporting.quarter.workbook import workbook
from samoe.tenancy.models import Tenant
from samoe.web import Context, Download, MenuItem, Page, Redirect, get, post, redirect


def _chosen(ctx: Context) -> tuple[PhaseDays, int, date, str]:
    """The phase, quarter and day asked for: by default those of today, or of the phase with work in it."""
    asked = ctx.query.text("phase") or ctx.form.text("phase")
    known = {str(phase.number): phase for phase in phases(ctx.db)}
    phase = known.get(asked) or phase_shown(ctx.db, ctx.today)
    if phase is None:
        raise Problem("จังหวัดยังไม่มีระยะดำเนินงาน ตั้งระยะในหน้าโครงการก่อนออกรายงาน")
    quarters = phase.quarters
    wanted = ctx.query.text("quarter") or ctx.form.text("quarter")
    number = int(wanted) if wanted.isdecimal() and 1 <= int(wanted) <= len(quarters) else phase.quarter(ctx.today)
    number = number or (len(quarters) if ctx.today > phase.ends_on else 1)
    as_of = min(quarters[number - 1].end, ctx.today)
    tenant = ctx.db.get_one(Tenant, ctx.actor.tenant_id)
    return phase, number, as_of, tenant.province_code or ""


def _known(ctx: Context) -> KnownThen:
    """What was known on another day: only for who sees the whole tenant, as history knows no districts."""
    return read_known(ctx.query, ctx.today) if ctx.actor.scope.whole else KnownThen()


@get("/reports", Permission.REPORT_READ)
def quarter_report(ctx: Context) -> Page | Redirect:
    """The quarter's numbers by district."""
    if ctx.actor.national:
        return redirect("/compare")
    phase, number, as_of, province = _chosen(ctx)
    known = _known(ctx)
    tables = queries.report(ctx.db, phase, province, as_of, ctx.today, known.day)
    data: dict[str, Any] = {
        "known": known, "sees_all": ctx.actor.scope.whole,
        "phase": phase, "quarter": number, "as_of": as_of, "tables": tables, "issued": queries.issued(ctx.db),
        "today": ctx.today,
        "phases": phases(ctx.db),
    }  # fmt: skip
    return Page("reporting/quarter.html", data, block="view")


@get("/reports/quarter.xlsx", Permission.REPORT_READ)
def quarter_file(ctx: Context) -> Download:
    """The same numbers as Excel."""
    phase, number, as_of, province = _chosen(ctx)
    title = _("รายงานไตรมาสที่ %(q)s ระยะที่ %(n)s", q=number, n=phase.number)
    known = _known(ctx).day
    if known is not None:
        title = _("%(title)s · ตามที่รู้เมื่อ %(day)s", title=title, day=be_format.short(known, ctx.locale))
    content = workbook(queries.report(ctx.db, phase, province, as_of, ctx.today, known), title)
    return Download(content, f"samoe-{ctx.actor.tenant_slug}-{phase.number}-q{number}.xlsx", XLSX)


@post("/reports/issue", Permission.REPORT_ISSUE, again=quarter_report)
def issue(ctx: Context) -> Redirect:
    """Seal and keep the report as it stands."""
    phase, number, as_of, province = _chosen(ctx)
    actions.issue(ctx.db, ctx.actor, phase, province, quarter=number, as_of=as_of, today=ctx.today)
    return redirect(f"/reports?phase={phase.number}&quarter={number}", toast=_("ออกรายงานและปิดผนึกตัวเลขแล้ว"))


@get("/figures", Permission.FIGURES_READ)
def published(ctx: Context) -> Page:
    """The published figures of the province: totals only, no persons."""
    phase = phase_shown(ctx.db, ctx.today)
    groups = [] if phase is None else figures(ctx.db, phase, ctx.today)
    return Page("reporting/figures.html", {"phase": phase, "groups": groups})


routes = [quarter_report, quarter_file, issue, published]
menu = [
    MenuItem("ตัวเลขที่เผยแพร่", "/figures", Permission.FIGURES_READ, order=75, national=False, part="results"),
    MenuItem("รายงาน", "/reports", Permission.REPORT_READ, order=70, national=False, part="results"),
]
