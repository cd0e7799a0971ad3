"""The districts of the province that a page is about."""

from __future__ import annotations

from samoe.tenancy import areas
from samoe.tenancy.areas import AreaName
from samoe.tenancy.tenants import tenant
from samoe.web import Context


def districts_of(ctx: Context) -> tuple[AreaName, ...]:
    """The districts of the actor's province, by code."""
    return areas.districts(tenant(ctx.db, ctx.actor.tenant_id).province_code or "")
