"""The fund's side: one record at a time, with a reason, for an hour."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from samoe.admin.emergencies import words
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.kit.reading import Reading
from samoe.registry.emergencies import actions, queries
from samoe.registry.emergencies.models import MINUTES
from samoe.tenancy.areas import name_of
from samoe.tenancy.tenants import tenants
from samoe.web import Context, MenuItem, Page, Redirect, get, post, redirect

OPEN = Permission.EMERGENCY_OPEN


@get("/emergencies", OPEN)
def emergencies(ctx: Context) -> Page:
    """What one opened lately, and the form for one more."""
    return _shown(ctx)


def _shown(ctx: Context, status: int = 200) -> Page:
    data = {
        "provinces": [one for one in tenants(ctx.db) if one.province_code], "minutes": MINUTES,
        "opened": queries.own(ctx.db, ctx.actor), "now": datetime.now(UTC),
    }  # fmt: skip
    return Page("admin/emergencies.html", data, status=status)


@post("/emergencies", OPEN, again=emergencies)
def open_one(ctx: Context) -> Page | Redirect:
    """Open one record. Where none is opened the page is no fault: that somebody tried must stay noted."""
    reading = Reading(ctx.form)
    known = {one.slug: one.id for one in tenants(ctx.db) if one.province_code}
    province = reading.one_of("province", list(known), required="เลือกจังหวัด") or ""
    reference = reading.text("reference", required="ใส่เลขประจำตัวประชาชน เลข G หรือรหัสรายการที่จังหวัดแจ้ง")
    reason = reading.text("reason", required="บอกเหตุผลที่ต้องเปิดดู", longest=1000)
    reading.check()
    answer = actions.open_one(ctx.db, ctx.actor, province=known[province], reference=reference, reason=reason)
    if answer.refusal is not None:
        ctx.problems = (answer.refusal,)
        return _shown(ctx, status=422)
    return redirect(f"/emergencies/{answer.opening_id}")


@get("/emergencies/{opening_id:uuid}", OPEN)
def record(ctx: Context, opening_id: UUID) -> Page:
    """The record, while it is open. Each look is noted in the province's trail."""
    found = queries.read(ctx.db, ctx.actor, opening_id)
    return Page(
        "admin/emergency.html",
        {
            "record": found, "opening_id": opening_id, "cases": words.cases(found.cases),
            "payments": words.payments(found.payments),
            "area": name_of(found.area_code, ctx.locale) if found.area_code else "",
        },
    )  # fmt: skip


@post("/emergencies/{opening_id:uuid}/close", OPEN)
def close(ctx: Context, opening_id: UUID) -> Redirect:
    """Close it before its hour is over."""
    actions.close(ctx.db, ctx.actor, opening_id)
    return redirect("/emergencies", _("ปิดรายการแล้ว"))


routes = [emergencies, open_one, record, close]
menu = [MenuItem("เปิดดูกรณีฉุกเฉิน", "/emergencies", OPEN, order=80)]
