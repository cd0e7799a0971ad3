"""How many a phase sets out to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.programmes.models import Target
from samoe.tenancy import current

ASSISTED = "assisted"


@dataclass(frozen=True, slots=True)
class Span:
    """A target: one number (both ends equal) or a range."""

    least: int
    most: int

    @property
    def single(self) -> bool:
        return self.least == self.most

    def __add__(self, other: Span) -> Span:
        return Span(self.least + other.least, self.most + other.most)


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of a group in a phase for one measure: for the whole of it, and per district where set."""

    whole: Span | None = None
    by_district: Mapping[str, Span] = field(default_factory=dict)

    @property
    def districts_together(self) -> Span | None:
        """The districts' targets added up; None where no district has one."""
        spans = list(self.by_district.values())
        return sum(spans[1:], spans[0]) if spans else None

    @property
    def total(self) -> Span | None:
        """The target to report against: the one set for the whole, else the districts' together."""
        return self.whole or self.districts_together


def targets(db: Session, phase_id: UUID, group_slug: str, measure: str = ASSISTED) -> Targets:
    """The targets of one group; empty where none were set."""
    return all_targets(db, phase_id, measure).get(group_slug, Targets())


def all_targets(db: Session, phase_id: UUID, measure: str = ASSISTED) -> dict[str, Targets]:
    """The targets of every group that has any, by slug."""
    t = Target
    rows = db.execute(
        select(t.group_slug, t.district_code, t.min_count, t.max_count)
        .where(t.tenant_id == current().tenant_id, t.phase_id == phase_id, t.measure == measure, t.quarter.is_(None))
        .order_by(t.district_code)
    ).all()
    return {
        slug: Targets(
            next(
                (Span(r.min_count, r.max_count) for r in rows if r.group_slug == slug and r.district_code is None), None
            ),
            {r.district_code: Span(r.min_count, r.max_count) for r in rows if r.group_slug == slug and r.district_code},
        )
        for slug in {row.group_slug for row in rows}
    }


def rows(db: Session, phase_id: UUID, group_slug: str, measure: str) -> dict[str | None, Target]:
    """The rows by district (None for the whole), to be changed."""
    found = db.scalars(
        select(Target).where(
            Target.tenant_id == current().tenant_id, Target.phase_id == phase_id, Target.group_slug == group_slug,
            Target.measure == measure, Target.quarter.is_(None),
        )
    )  # fmt: skip
    return {row.district_code: row for row in found}
