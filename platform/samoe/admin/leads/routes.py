"""The provinces as the fund's administrator opens them."""

from __future__ import annotations

from samoe.admin.leads import actions, forms, queries
from samoe.admin.members.forms import NEW
from samoe.admin.members.jobs import invite_lead
from samoe.i18n import gettext as _
from samoe.identity import Permission
from samoe.identity.proof import elsewhere
from samoe.kit.problem import NotFound
from samoe.tenancy.tenants import TenantName, tenant_named
from samoe.web import Context, MenuItem, Page, get, post, redirect
from samoe.web.page import Answer

OPEN = Permission.PROVINCE_OPEN


@get("/provinces", OPEN)
def provinces(ctx: Context) -> Page:
    """Every province, and whether somebody leads it; those without first."""
    return Page("admin/provinces.html", {"states": queries.provinces(ctx.db)})


@get("/provinces/{slug:str}/lead", OPEN)
def first_lead(ctx: Context, slug: str) -> Page:
    """Who is to lead a province that nobody leads."""
    province = _province(ctx, slug)
    return Page(
        "admin/province_lead.html",
        {
            "province": province,
            "has_lead": queries.has_lead(ctx.db, province.id),
            "elsewhere": elsewhere(ctx.settings),
            "invites": ctx.settings.keeps_directory,
        },
    )


@post("/provinces/{slug:str}/lead", OPEN, again=first_lead)
def name_first_lead(ctx: Context, slug: str) -> Answer:
    """Open it: the lead is invited by letter where people sign in elsewhere.

    Else a new account's first password is shown on this answer and never again.
    """
    province, form = _province(ctx, slug), forms.read_lead(ctx.form)
    there = elsewhere(ctx.settings)
    member, made = actions.open_province(ctx.db, ctx.actor, province, form, elsewhere=there)
    if there and form.account == NEW:
        if ctx.settings.keeps_directory:
            invite_lead(ctx.db, ctx.actor, province.id, member)
        return redirect("/provinces", toast=_("เปิดจังหวัดแล้ว ระบบกำลังส่งอีเมลเชิญผู้รับผิดชอบ"))
    if made is None:
        return redirect("/provinces", toast=_("เปิดจังหวัดแล้ว ผู้รับผิดชอบเข้าใช้งานด้วยบัญชีเดิมได้ทันที"))
    return Page("admin/member_password.html", {"account": made, "fresh": True, "back": "/provinces"})


def _province(ctx: Context, slug: str) -> TenantName:
    found = tenant_named(ctx.db, slug)
    if found.kind != "province":
        raise NotFound
    return found


routes = [provinces, first_lead, name_first_lead]
menu = [MenuItem("เปิดจังหวัด", "/provinces", OPEN, order=80, national=True)]
