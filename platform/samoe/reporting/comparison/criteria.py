"""What each province screened by: every version of a group's criteria, and what a screening under it found."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.reporting.few import parts

_VERSIONS = text(
    "select v.tenant_id, v.number, v.effective_on, v.published_at, v.reason, v.resolution_id is not null as resolved,"
    " v.state = 'withdrawn' as withdrawn from rule_versions v"
    " where v.group_slug = :slug and v.state in ('published', 'withdrawn') order by v.tenant_id, v.number desc"
)
_FOUND = text(
    "select r.tenant_id, r.number, p.number as phase, r.qualifies, r.does_not, r.unknown, r.screened_at"
    " from rollup_screenings r join phases p on p.tenant_id = r.tenant_id and p.id = r.phase_id"
    " where r.group_slug = :slug order by p.number desc"
)
_PROVINCES = text(
    "select t.id, t.name_th, t.name_en from tenants t where t.kind = 'province' and exists"
    " (select 1 from tenant_groups g where g.tenant_id = t.id and g.slug = :slug and g.enabled) order by t.id"
)


@dataclass(frozen=True, slots=True)
class Found:
    """The latest screening of a phase under one version."""

    phase: int
    qualifies: int
    does_not: int
    unknown: int
    screened_at: datetime

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Who qualifies, does not, and of whom it cannot be said. None is held back: few, or telling of few."""
        return parts(self.qualifies, self.does_not, self.unknown)


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was published. ``resolved``: it was changed after a screening, by resolution. ``withdrawn``: it
    was taken back before anybody was screened by it."""

    number: int
    effective_on: date | None
    published_at: datetime
    reason: str | None
    resolved: bool
    withdrawn: bool
    found: Sequence[Found]


@dataclass(slots=True)
class Province:
    """A province that has the group on, with its versions, the newest first."""

    name_th: str
    name_en: str
    versions: list[Version] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How often the criteria changed after people had been screened."""
        return sum(version.resolved for version in self.versions)

    @property
    def withdrawn(self) -> int:
        """How many versions were published and taken back."""
        return sum(version.withdrawn for version in self.versions)


def provinces(db: Session, slug: str, among: Container[int]) -> list[Province]:
    """Every province of some that has the group on; read by the fund's own role, without a person."""
    asked = {"slug": slug}
    rows: Mapping[int, Province] = {
        p.id: Province(p.name_th, p.name_en) for p in db.execute(_PROVINCES, asked) if p.id in among
    }
    found: dict[tuple[int, int], list[Found]] = {}
    for f in db.execute(_FOUND, asked):
        one = Found(f.phase, f.qualifies, f.does_not, f.unknown, f.screened_at)
        found.setdefault((f.tenant_id, f.number), []).append(one)
    for v in db.execute(_VERSIONS, asked):
        if province := rows.get(v.tenant_id):
            seen = found.get((v.tenant_id, v.number), [])
            province.versions.append(
                Version(v.number, v.effective_on, v.published_at, v.reason, v.resolved, v.withdrawn, tuple(seen))
            )
    return [province for province in rows.values() if province.versions]
