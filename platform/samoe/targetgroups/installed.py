"""What is installed, held against what provinces have: broken modules, and data of a group that is not here."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.db.protection import FUND_TENANT
from samoe.settings import Settings
from samoe.targetgroups.discovery import broken
from samoe.targetgroups.manifests import everywhere, manifests
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import Scope, current, tenant_session
from samoe.tenancy.tenants import tenants

LOG = logging.getLogger("samoe.modules")


@dataclass(frozen=True, slots=True)
class Missing:
    """A group that a province has had on and that is neither installed nor made there. It is off; its data stay."""

    tenant: str
    slug: str


def missing(settings: Settings) -> list[Missing]:
    """The groups of all provinces that nothing explains."""
    with tenant_session(Scope(FUND_TENANT, national=True), settings) as db:
        known, named = everywhere(db), {one.id: one.slug for one in tenants(db)}
        g = TenantGroup
        rows = db.execute(select(g.tenant_id, g.slug).where(g.removed_at.is_(None)).order_by(g.tenant_id, g.slug)).all()
        return [Missing(named[row.tenant_id], row.slug) for row in rows if row.slug not in known]


def unavailable(db: Session) -> list[str]:
    """The groups that are switched on in this tenant and cannot be used, for want of their module."""
    g, known = TenantGroup, manifests(db)
    found = db.scalars(select(g.slug).where(g.tenant_id == current().tenant_id, g.enabled).order_by(g.slug))
    return [slug for slug in found if slug not in known]


def tell(settings: Settings) -> None:
    """Say at the start what is left out, in Thai and in English. Nothing of it keeps the others from starting."""
    for one in broken():
        for problem in one.problems:
            LOG.error("โมดูลใช้ไม่ได้ จึงปิดกลุ่มนี้ไว้ / a module is broken and left out: %s", problem)
    for lost in missing(settings):
        LOG.error(
            "%s มีข้อมูลของกลุ่ม %s แต่ไม่มีโมดูล จึงปิดกลุ่มนี้ไว้ ข้อมูลอยู่ครบ / %s has data of %s, which is not installed:"
            " the group is off, its data stay", lost.tenant, lost.slug, lost.tenant, lost.slug,
        )  # fmt: skip
