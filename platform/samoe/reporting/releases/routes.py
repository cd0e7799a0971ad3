"""A province's page of the numbers that it gives the fund."""

from __future__ import annotations

from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.problem import Problem
from samoe.programmes.released import queries as released
from samoe.reporting.few import FEW
from samoe.reporting.releases import actions
from samoe.targetgroups.contracts import contracts
from samoe.web import Context, Page, Redirect, get, post, redirect


@get("/reports/national", Permission.REPORT_READ)
def national_numbers(ctx: Context) -> Page | Redirect:
    """Exactly what the fund sees of this province's latest release."""
    if ctx.actor.national:
        return redirect("/compare/contracts")
    names = released.group_names(ctx.db)
    data = {
        "given": released.latest(ctx.db).get(ctx.actor.tenant_id), "lines": released.indicators(ctx.db),
        "references": released.references(ctx.db), "contracts": contracts(ctx.db), "few_below": FEW,
        "called": lambda line: released.group_name(names, line.tenant_id, line.group_slug), "provinces": None,
        "waiting": [], "changes": None,
    }  # fmt: skip
    return Page("reporting/national.html", data)


@post("/reports/national", Permission.REPORT_ISSUE, again=national_numbers)
def give_numbers(ctx: Context) -> Redirect:
    """Count everything as of today and give it."""
    if actions.release(ctx.db, ctx.actor, ctx.today) is None:
        raise Problem("จังหวัดยังไม่มีระยะดำเนินงาน ตั้งระยะในหน้าโครงการก่อนส่งตัวเลข")
    return redirect("/reports/national", _("ส่งตัวเลขล่าสุดให้ กสศ. แล้ว"))


routes = [national_numbers, give_numbers]
