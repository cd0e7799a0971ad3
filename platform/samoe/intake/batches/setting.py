"""What a file is read against: the group, the phase, the province's areas, and the day it is true of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.identity import Actor
from samoe.intake.judging import Areas, Options
from samoe.kit.problem import Problem
from samoe.programmes.benefits.queries import benefits
from samoe.programmes.groups.queries import GroupInPhase, group_in_phase
from samoe.programmes.phases.queries import PhaseDays, phases
from samoe.registry.models import Institution
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import areas, current
from samoe.tenancy.models import Tenant

NO_PHASE = "จังหวัดยังไม่มีระยะดำเนินงาน ตั้งระยะในหน้าโครงการก่อนนำเข้าข้อมูล"
NOT_IN_PHASE = "ยังไม่ได้ตั้งกลุ่มเป้าหมายนี้ในระยะที่ %(number)s เพิ่มในหน้าโครงการก่อนนำเข้าข้อมูล"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a file belongs, and how it is read there."""

    group: EnabledGroup
    phase: PhaseDays
    in_phase: GroupInPhase
    areas: Areas
    bounds: Mapping[str, tuple[int | None, int | None]]
    enrolled: frozenset[tuple[str, str]] | None = None
    """The institutions of the group, where a file may be about no others."""

    def options(self, kept: Mapping[str, Any]) -> Options:
        """The options that a person confirmed, as the batch keeps them."""
        as_of, fill_down, sheets = kept.get("as_of"), kept.get("fill_down"), kept.get("sheets")
        return Options(
            as_of=date.fromisoformat(as_of) if as_of else None,
            fill_down=None if fill_down is None else tuple(fill_down),
            district_from_sheet_name=kept.get("district_from_sheet_name"),
            columns=kept.get("columns") or {},
            header_rows=kept.get("header_rows") or {},
            sheets=None if sheets is None else tuple(sheets),
            bounds=self.bounds,
            phase_day=self.phase_day,
            enrolled=self.enrolled,
        )

    @property
    def phase_day(self) -> date:
        """The day a file is true of when nothing in it says so: the end of the phase's first quarter."""
        return self.phase.quarters[0].end

    def circumstances(self, as_of: date | None) -> Circumstances:
        """What the criteria of the group are asked under, as of the file's day."""
        return Circumstances(
            self.group.manifest, as_of or self.phase_day, self.phase.starts_on, self.group.settings, self.phase.ends_on
        )


def setting_of(db: Session, actor: Actor, group: EnabledGroup, as_of: date | None = None) -> Setting:
    """The setting for a group: the phase that the day falls in, else the latest. Raises ``Problem`` without one."""
    known = phases(db)
    if not known:
        raise Problem(NO_PHASE, field="group")
    chosen = next((phase for phase in known if as_of is not None and as_of in phase), known[0])
    found = group_in_phase(db, chosen.id, group.slug)
    if found is None:
        raise Problem(NOT_IN_PHASE, field="group", number=chosen.number)
    tenant = db.get_one(Tenant, actor.tenant_id)
    amounts = {b.slug: (b.min_amount, b.max_amount) for b in benefits(db, chosen.id, group.slug)}
    enrolled = None if group.manifest.imports.findings is None else _enrolled(db, chosen.id, group.id)
    return Setting(group, chosen, found, _areas(tenant.province_code or "", tenant.name_th), amounts, enrolled)


def _enrolled(db: Session, phase_id: UUID, group_id: UUID) -> frozenset[tuple[str, str]]:
    e, i = Enrolment, Institution
    rows = db.execute(
        select(i.name_key, i.area_code)
        .join(e, (e.tenant_id == i.tenant_id) & (e.subject_institution_id == i.id))
        .where(e.tenant_id == current().tenant_id, e.phase_id == phase_id, e.group_id == group_id)
    )
    return frozenset((name, area) for name, area in rows)


def _areas(province: str, name: str) -> Areas:
    districts = {area.code: area.th for area in areas.districts(province)}
    subdistricts = {area.code: area.th for code in districts for area in areas.subdistricts(code)}
    return Areas(province, name, districts, subdistricts)
