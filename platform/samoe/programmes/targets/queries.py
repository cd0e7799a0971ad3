"""How many a phase sets out to reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
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


class Cell(NamedTuple):
    """What a target is for: a district or (None) the whole province, in a quarter or (None) the whole phase."""

    district: str | None
    quarter: int | None = None


def together(spans: Iterable[Span]) -> Span | None:
    """Targets added up; None where there is none."""
    found = list(spans)
    return sum(found[1:], found[0]) if found else None


@dataclass(frozen=True)
class Targets:
    """The targets of a group in a phase for one measure, as they were set.

    What is set for more stands, even where its parts come to something else: a district's own number for the phase
    before its quarters, the province's before its districts. Where it is not set, the parts together stand for it.
    """

    cells: Mapping[Cell, Span] = field(default_factory=dict)

    @property
    def whole(self) -> Span | None:
        """What is set for the whole province and phase."""
        return self.cells.get(Cell(None))

    @cached_property
    def by_district(self) -> Mapping[str, Span]:
        """What is set out to reach in each district in the whole phase, those only that have any target."""
        codes = dict.fromkeys(cell.district for cell in self.cells if cell.district is not None)
        found = {code: self.of_phase(code) for code in sorted(codes)}
        return {code: span for code, span in found.items() if span is not None}

    @property
    def districts_together(self) -> Span | None:
        """The districts' targets added up; None where no district has one."""
        return together(self.by_district.values())

    @property
    def total(self) -> Span | None:
        """The target to report against."""
        return self.whole or self.districts_together or self.quarters_of(None)

    def of_phase(self, district: str | None) -> Span | None:
        """What stands for a district in the whole phase: what is set for it, else its quarters together."""
        return self.cells.get(Cell(district)) or self.quarters_of(district)

    def quarters_of(self, district: str | None) -> Span | None:
        """The quarters of a district (None: those set for the whole province) added up."""
        return together(span for cell, span in self.cells.items() if cell.district == district and cell.quarter)

    def districts_of(self, quarter: int | None) -> Span | None:
        """The districts of a quarter, or of the whole phase, added up."""
        if quarter is None:
            return self.districts_together
        return together(span for cell, span in self.cells.items() if cell.district and cell.quarter == quarter)

    def of_quarter(self, quarter: int) -> Span | None:
        """What stands for the whole province in a quarter."""
        return self.cells.get(Cell(None, quarter)) or self.districts_of(quarter)


def targets(db: Session, phase_id: UUID, group_slug: str, measure: str = ASSISTED) -> Targets:
    """The targets of one group; empty where none were set."""
    return all_targets(db, phase_id, measure).get(group_slug, Targets())


def all_targets(db: Session, phase_id: UUID, measure: str = ASSISTED) -> dict[str, Targets]:
    """The targets of every group that has any, by slug."""
    t = Target
    found: dict[str, dict[Cell, Span]] = {}
    for row in db.execute(
        select(t.group_slug, t.district_code, t.quarter, t.min_count, t.max_count).where(
            t.tenant_id == current().tenant_id, t.phase_id == phase_id, t.measure == measure
        )
    ):
        cells = found.setdefault(row.group_slug, {})
        cells[Cell(row.district_code, row.quarter)] = Span(row.min_count, row.max_count)
    return {slug: Targets(cells) for slug, cells in found.items()}


def rows(db: Session, phase_id: UUID, group_slug: str, measure: str) -> dict[Cell, Target]:
    """The rows by what they are for, to be changed."""
    found = db.scalars(
        select(Target).where(
            Target.tenant_id == current().tenant_id, Target.phase_id == phase_id, Target.group_slug == group_slug,
            Target.measure == measure,
        )
    )  # fmt: skip
    return {Cell(row.district_code, row.quarter): row for row in found}
