"""The groups that each province has on, as that province has them: for those who look at several provinces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.kit import clock
from samoe.sdk import Manifest
from samoe.targetgroups import references
from samoe.targetgroups.contracts import answered, contracts
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.manifests import COMPARED, PROVINCES, parsed
from samoe.targetgroups.models import GroupVersion, TenantGroup
from samoe.tenancy.models import Tenant

Having = Mapping[int, Mapping[str, Manifest]]
"""By tenant, what each of its groups is, by slug."""


def having(db: Session) -> Having:
    """Every province that this session may read, with the groups that it has on. One question a request."""
    if PROVINCES not in db.info:
        db.info[PROVINCES] = _having(db)
    found: Having = db.info[PROVINCES]
    return found


def compared(db: Session) -> dict[int, frozenset[str]]:
    """Of those, what the fund lays side by side: groups that are shipped, that answer a national indicator in use, or
    that a rule of the fund's own is for. What a province made for itself alone is its own affair."""
    if COMPARED not in db.info:
        db.info[COMPARED] = _compared(db)
    found: dict[int, frozenset[str]] = db.info[COMPARED]
    return found


def _compared(db: Session) -> dict[int, frozenset[str]]:
    known, shipped = contracts(db), catalogue()
    ruled = {one.group_slug for one in references.references(db) if not one.draft}
    return {
        tenant_id: frozenset(
            slug
            for slug, manifest in groups.items()
            if slug in shipped or slug in ruled or next(answered(manifest, known), None)
        )
        for tenant_id, groups in having(db).items()
    }


def _having(db: Session) -> dict[int, dict[str, Manifest]]:
    v, g, shipped = GroupVersion, TenantGroup, catalogue()
    latest = {
        (row.tenant_id, row.slug): row
        for row in db.execute(
            select(v.tenant_id, v.slug, v.id, v.number, v.shipped)
            .ext(distinct_on(v.tenant_id, v.slug))
            .where(v.state == "published", or_(v.effective_on.is_(None), v.effective_on <= clock.today()))
            .order_by(v.tenant_id, v.slug, v.effective_on.desc().nulls_last(), v.number.desc())
        )
    }
    found: dict[int, dict[str, Manifest]] = {}
    on = select(g.tenant_id, g.slug).join(Tenant, Tenant.id == g.tenant_id)
    for tenant_id, slug in db.execute(on.where(g.enabled, Tenant.kind != "fund").order_by(g.tenant_id, g.slug)):
        manifest = _as_there(db, shipped.get(slug), latest.get((tenant_id, slug)))
        if manifest is not None:
            found.setdefault(tenant_id, {})[slug] = manifest
    return found


def _as_there(db: Session, installed: Manifest | None, row: Any) -> Manifest | None:
    """As ``manifests.in_force``, in any province."""
    if row is None or (row.shipped is not None and (installed is None or installed.version == row.shipped)):
        return installed
    version_id: UUID = row.id
    return parsed(db, row.tenant_id, version_id, row.number)
