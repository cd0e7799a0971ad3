"""Which provinces have a lead. The fund learns that there is one, never who."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.tenancy import acting_for
from samoe.tenancy.tenants import TenantName, tenants


@dataclass(frozen=True, slots=True)
class ProvinceState:
    """A province, and whether somebody leads it today."""

    province: TenantName
    has_lead: bool


def has_lead(db: Session, tenant_id: int) -> bool:
    """For the fund: whether a province has a lead today."""
    with acting_for(db, tenant_id):
        return bool(db.scalar(text("select has_lead(cast(:tenant as smallint))"), {"tenant": tenant_id}))


def provinces(db: Session) -> list[ProvinceState]:
    """Every province, those without a lead first."""
    found = [ProvinceState(one, has_lead(db, one.id)) for one in tenants(db) if one.kind == "province"]
    return sorted(found, key=lambda state: state.has_lead)
