"""Finding tenants: the provinces and the fund. The list is no secret; what is in them is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.tenancy.models import Tenant


@dataclass(frozen=True, slots=True)
class TenantName:
    """A tenant as others may know it. ``province_code`` is None for the fund."""

    id: int
    slug: str
    kind: str
    th: str
    en: str
    province_code: str | None
    configured: bool


def _select() -> Select[*tuple[Any, ...]]:
    t = Tenant
    return select(t.id, t.slug, t.kind, t.name_th, t.name_en, t.province_code, t.configured)


def tenants(db: Connection | Session) -> tuple[TenantName, ...]:
    """Every tenant: the fund first, then provinces by code."""
    return tuple(TenantName(*row) for row in db.execute(_select().order_by(Tenant.id)))


def tenant(db: Connection | Session, tenant_id: int) -> TenantName:
    """The tenant with this id, or ``NotFound``."""
    return _one(db, _select().where(Tenant.id == tenant_id))


def tenant_named(db: Connection | Session, slug: str) -> TenantName:
    """The tenant with this slug, or ``NotFound``."""
    return _one(db, _select().where(Tenant.slug == slug))


def _one(db: Connection | Session, query: Select[*tuple[Any, ...]]) -> TenantName:
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("ไม่มีจังหวัดชื่อนี้ในระบบ")
    return TenantName(*row)
