"""What a target group is in a phase."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from samoe.programmes.models import PhaseGroup
from samoe.tenancy import areas, current
from samoe.tenancy.areas import AreaName
from samoe.tenancy.models import area_bit


@dataclass(frozen=True, slots=True)
class GroupInPhase:
    """A target group in a phase.

    ``register`` says what its list of people is: ``population`` (everyone) or ``target_list`` (those we set out to
    reach); the two never share a sum or a ratio. ``source`` says whether its files are a ``list`` of names still to
    be looked for or a ``survey`` of people already met. ``district_codes`` of None is the whole province.
    """

    id: UUID
    phase_id: UUID
    group_slug: str
    register: str
    source: str
    district_codes: tuple[str, ...] | None
    row_version: int

    def covers(self, area_code: str | None) -> bool:
        """Whether the group works where this area lies."""
        return self.district_codes is None or (area_code is not None and area_code[:4] in self.district_codes)


_ROW = PhaseGroup.__table__.c
_IN_PHASE = select(
    _ROW.id, _ROW.phase_id, _ROW.group_slug, _ROW.register, _ROW.source, _ROW.district_codes, _ROW.row_version
).where(_ROW.tenant_id == bindparam("tenant"), _ROW.phase_id == bindparam("phase"))


def groups_in_phase(db: Session, phase_id: UUID) -> dict[str, GroupInPhase]:
    """What is set for each group in a phase, by slug. Whether a group is on is not said here (``enabled``)."""
    rows = db.execute(_IN_PHASE, {"tenant": current().tenant_id, "phase": phase_id})
    return {row.group_slug: GroupInPhase(*row[:5], _tuple(row.district_codes), row.row_version) for row in rows}


def group_in_phase(db: Session, phase_id: UUID, slug: str) -> GroupInPhase | None:
    """What is set for one group in a phase, if anything is."""
    return groups_in_phase(db, phase_id).get(slug)


def districts_in_scope(province_code: str, group: GroupInPhase | None) -> tuple[AreaName, ...]:
    """The districts in which a group works and that the current scope reaches."""
    reach = current().area_mask
    return tuple(
        area
        for area in areas.districts(province_code)
        if (group is None or group.covers(area.code)) and reach & area_bit(area.code)
    )


def row(db: Session, group_in_phase_id: UUID) -> PhaseGroup:
    """The row, to be changed."""
    return db.get_one(PhaseGroup, (current().tenant_id, group_in_phase_id))


def _tuple(codes: list[str] | None) -> tuple[str, ...] | None:
    return None if codes is None else tuple(codes)
