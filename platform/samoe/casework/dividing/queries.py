"""How many of a group each district has."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current


def registered(db: Session, group: EnabledGroup, phase: PhaseDays) -> dict[str, int]:
    """By district: who is on the register in the phase or, as long as nobody is, in the phase before."""
    for phase_id in (phase.id, phase.predecessor_id):
        e = Enrolment
        district = func.substr(e.area_code, 1, 4)
        query = select(district, func.count()).where(
            e.tenant_id == current().tenant_id, e.group_id == group.id, e.phase_id == phase_id, e.area_code.is_not(None)
        )
        found = {row[0]: row[1] for row in db.execute(query.group_by(district))}
        if found:
            return found
    return {}
