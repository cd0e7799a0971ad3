"""One row a province for one target group, read by the fund's own database role from the roll-ups alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.programmes.targets.queries import Cell, Span, Targets
from samoe.reporting.models import StockRollup
from samoe.targetgroups.manifests import everywhere
from samoe.targetgroups.provinces import compared
from samoe.tenancy.areas import districts
from samoe.tenancy.tenants import TenantName, tenants

STOCK = text(
    "select r.tenant_id, r.phase_id, r.register, r.district_code, r.decision, sum(r.n)::bigint as n"
    " from rollup_stock r where r.group_slug = :slug and r.register = :register"
    " group by r.tenant_id, r.phase_id, r.register, r.district_code, r.decision"
)
"""The bare query that the comparison stands on; the benchmark measures the page's data against it."""
_KEPT = text("select distinct tenant_id, register from rollup_stock where group_slug = :slug and n > 0")
_PHASES = text("select p.tenant_id, p.id, p.number, p.starts_on, p.ends_on from phases p")
_AID = text(
    "select tenant_id, phase_id, sum(recipients)::bigint as recipients, sum(amount)::bigint as amount"
    " from rollup_aid where group_slug = :slug group by tenant_id, phase_id"
)
_TARGETS = text(
    "select tenant_id, phase_id, min_count, max_count, district_code, quarter from targets"
    " where group_slug = :slug and measure = 'assisted'"
)
_PROVINCES = text(
    "select t.id, t.slug, t.name_th, t.name_en, t.province_code, t.configured"
    " from tenants t where t.kind = 'province' order by t.id"
)
REGISTERS = ("population", "target_list")


@dataclass(slots=True)
class ProvinceRow:
    """A province's numbers for one group and one basis. None is no data; money in satang."""

    tenant_id: int
    slug: str
    name_th: str
    name_en: str
    code: str
    configured: bool
    districts: int
    phase_number: int | None = None
    phase_id: UUID | None = None
    registered: int | None = None
    qualifies: int | None = None
    does_not: int | None = None
    unknown: int | None = None
    assisted: int | None = None
    aid: int | None = None
    target: tuple[int, int] | None = None
    reported: int = 0
    reporting: set[str] = field(default_factory=set)

    @property
    def coverage(self) -> float:
        """The share of the province's districts with anyone on the register."""
        return self.reported / self.districts if self.districts else 0.0

    @property
    def comparable(self) -> bool:
        return self.coverage >= 0.8

    @property
    def decided(self) -> int | None:
        known = [n for n in (self.qualifies, self.does_not) if n is not None]
        return sum(known) if known else None

    @property
    def aid_per_child(self) -> int | None:
        """Satang per child assisted, rounded to the nearest."""
        return None if not self.assisted or self.aid is None else round(self.aid / self.assisted)


def groups_compared(db: Session) -> list[str]:
    """The groups that at least one province has on and that are compared, in the order of pages."""
    on = {slug for slugs in compared(db).values() for slug in slugs}
    return [slug for slug, manifest in sorted(everywhere(db).items(), key=lambda kv: kv[1].order) if slug in on]


def having(db: Session, slug: str) -> set[int]:
    """The provinces that have the group on. What a province made under the same name for itself alone is not it."""
    return {tenant_id for tenant_id, slugs in compared(db).items() if slug in slugs}


def without(db: Session, slug: str) -> list[TenantName]:
    """The provinces that have the group off, or never had it on: what they may have kept of it is not compared."""
    on = having(db, slug)
    return [one for one in tenants(db) if one.province_code and one.id not in on]


def registers_of(db: Session, slug: str) -> dict[str, int]:
    """How many provinces keep which kind of register: a population and a target list are never compared."""
    r = StockRollup
    counted = (
        select(r.register, func.count(func.distinct(r.tenant_id)))
        .where(r.group_slug == slug, r.tenant_id.in_(having(db, slug)))
        .group_by(r.register)
    )
    return {row[0]: row[1] for row in db.execute(counted)}


def keeping(db: Session, slug: str, *, but: str, among: set[int] | None = None) -> set[int]:
    """The provinces that have people on another kind of register than this one, and nobody on this one."""
    on = having(db, slug) if among is None else among
    found = [row for row in db.execute(_KEPT, {"slug": slug}) if row.tenant_id in on]
    mine = {tenant for tenant, register in found if register == but}
    return {tenant for tenant, _ in found} - mine


def compare(db: Session, slug: str, register: str) -> list[ProvinceRow]:
    """Every province that has the group on, but those that keep the other kind of register; who has nobody on any
    register yet has no data."""
    values, on = {"slug": slug}, having(db, slug)
    rows = {
        p.id: ProvinceRow(
            p.id, p.slug, p.name_th, p.name_en, p.province_code, p.configured, len(districts(p.province_code))
        )
        for p in db.execute(_PROVINCES)
        if p.id in on
    }
    for tenant in keeping(db, slug, but=register, among=on):
        rows.pop(tenant, None)
    stock = db.execute(STOCK, {**values, "register": register}).all()
    numbers = {(p.tenant_id, p.id): p.number for p in db.execute(_PHASES)}
    latest = _latest({(s.tenant_id, s.phase_id) for s in stock}, numbers)
    for found in stock:
        row = rows.get(found.tenant_id)
        if row is None or latest.get(found.tenant_id) != found.phase_id:
            continue
        row.phase_id = found.phase_id
        row.phase_number = numbers.get((found.tenant_id, found.phase_id))
        row.registered = (row.registered or 0) + found.n
        if found.district_code:
            row.reporting.add(found.district_code)
        if found.decision:
            setattr(row, found.decision, (getattr(row, found.decision) or 0) + found.n)
    for paid in db.execute(_AID, values):
        row = rows.get(paid.tenant_id)
        if row is not None and latest.get(paid.tenant_id) == paid.phase_id and paid.recipients:
            row.assisted, row.aid = paid.recipients, paid.amount
    _targets(db, values, rows, latest)
    for row in rows.values():
        row.reported = len(row.reporting)
    return list(rows.values())


def _latest(seen: set[tuple[int, Any]], numbers: Mapping[tuple[int, Any], int]) -> dict[int, Any]:
    """The latest phase of each province that has anyone in it."""
    best: dict[int, Any] = {}
    for tenant, phase in seen:
        now = best.get(tenant)
        if now is None or numbers.get((tenant, phase), 0) > numbers.get((tenant, now), 0):
            best[tenant] = phase
    return best


def _targets(db: Session, values: dict[str, str], rows: dict[int, ProvinceRow], latest: dict[int, Any]) -> None:
    set_out: dict[int, dict[Cell, Span]] = {}
    for t in db.execute(_TARGETS, values):
        if latest.get(t.tenant_id) == t.phase_id:
            cells = set_out.setdefault(t.tenant_id, {})
            cells[Cell(t.district_code, t.quarter)] = Span(t.min_count, t.max_count)
    for tenant, row in rows.items():
        total = Targets(set_out.get(tenant, {})).total
        row.target = None if total is None else (total.least, total.most)
