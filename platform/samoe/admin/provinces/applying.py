"""Writing what the files say: one transaction a tenant, and only what the files changed.

A tenant remembers what its file said when it was last applied. A step whose words are the same is left alone, so
that what people have changed since stays; a step whose words changed is written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe import audit
from samoe.admin.province_files import Province, provinces
from samoe.admin.provinces.checking import Manifests, check
from samoe.admin.provinces.removing import removals
from samoe.admin.provinces.step import Step
from samoe.admin.provinces.steps import steps
from samoe.db.engine import engine
from samoe.db.protection import FUND_TENANT
from samoe.identity.restore import system_actor
from samoe.kit.problem import Problem
from samoe.settings import Settings
from samoe.targetgroups.discovery import catalogue
from samoe.tenancy import Scope, areas, tenant_session
from samoe.tenancy.models import Tenant

FUND = {
    "slug": "fund", "kind": "fund", "name_th": "กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)",
    "name_en": "Equitable Education Fund (EEF)", "province_code": None, "configured": True, "place": None,
}  # fmt: skip
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('provinces'), :tenant)")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was written: new, or with what the file said before and says now."""

    key: str
    new: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def __str__(self) -> str:
        if self.new:
            return f"+ {self.key}"
        pairs = ((key, self.before.get(key), value) for key, value in self.after.items())
        return f"~ {self.key}: " + ", ".join(f"{key} {old} -> {new}" for key, old, new in pairs if old != new)


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying a tenant's file changed; nothing where the file said nothing new."""

    slug: str
    changes: tuple[Change, ...]


def apply_all(settings: Settings) -> list[Applied]:
    """Open the fund and every province that has a file. Cheap when nothing is new: called at each start."""
    return apply(settings)


def apply(settings: Settings, slugs: Iterable[str] = ()) -> list[Applied]:
    """Open or update the named tenants, or all of them.

    Raises ``ManifestError`` for files that cannot be applied, before anything is written, and ``Problem`` for a name
    without a file.
    """
    manifests, wanted = catalogue(), set(slugs)
    found = provinces(settings.tenants)
    if unknown := wanted - {"fund"} - {province.slug for province in found}:
        raise Problem("ไม่มีไฟล์ของ %(slugs)s ในโฟลเดอร์ tenants", slugs=", ".join(sorted(unknown)))
    chosen = [province for province in found if not wanted or province.slug in wanted]
    check(chosen, manifests)
    with engine(settings.dsn("app")).begin() as connection:
        areas.load(connection)
    applied = [_fund(settings)] if not wanted or "fund" in wanted else []
    return applied + [_province(settings, province, manifests) for province in chosen]


def _fund(settings: Settings) -> Applied:
    with tenant_session(Scope(FUND_TENANT), settings) as db:
        return _bring_up(db, FUND_TENANT, FUND, ())


def row_of(province: Province) -> dict[str, Any]:
    """What a file says of the tenant itself."""
    return {
        "slug": province.slug, "kind": "province", "name_th": province.name.th, "name_en": province.name.en,
        "province_code": province.code, "configured": province.configured, "place": province.order,
    }  # fmt: skip


def alone(db: Session, tenant_id: int) -> None:
    """Let nobody else bring this tenant up till the end of the transaction."""
    db.execute(_ONE_AT_A_TIME, {"tenant": tenant_id})


def _province(settings: Settings, province: Province, manifests: Manifests) -> Applied:
    with tenant_session(Scope(int(province.code)), settings) as db:
        return _bring_up(
            db, int(province.code), row_of(province), (*steps(province, manifests), *removals(province, manifests))
        )


def _bring_up(db: Session, tenant_id: int, tenant: Mapping[str, Any], wanted: Iterable[Step]) -> Applied:
    alone(db, tenant_id)
    row = db.scalar(select(Tenant).where(Tenant.id == tenant_id))
    before: dict[str, Any] = dict(row.applied) if row else {}
    changes: list[Change] = []
    if row is None:
        row = Tenant(id=tenant_id, applied={}, **tenant)
        db.add(row)
        db.flush()
    elif before.get("tenant") != tenant:
        for key, value in tenant.items():
            setattr(row, key, value)
    actor = system_actor(row)
    if before.get("tenant") != tenant:
        changes.append(Change("tenant", "tenant" not in before, before.get("tenant", {}), tenant))
    for step in wanted:
        known = before.get(step.key)
        if known != step.wanted:
            step.write(db, actor)
            db.flush()
            changes.append(Change(step.key, known is None, known or {}, step.wanted))
    if changes:
        row.applied = {**before, **{change.key: dict(change.after) for change in changes}}
        audit.record(db, actor, "applied", "tenant", row.slug, changes=len(changes))
    return Applied(row.slug, tuple(changes))
