"""All figures of a tenant, group by group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.programmes.groups.queries import GroupInPhase, group_in_phase
from samoe.programmes.phases.queries import PhaseDays, current_phase, phases
from samoe.reporting.figures.measuring import Subject, Value, carried_in, measure
from samoe.reporting.models import StockRollup
from samoe.sdk.measures import Figure
from samoe.targetgroups.enabling import EnabledGroup, enabled
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The figures of one group, in the order of its manifest. ``carried_in`` of those enrolled were carried in from the
    phase before and are not new."""

    group: EnabledGroup
    in_phase: GroupInPhase
    values: dict[str, Value]
    carried_in: int = 0

    @property
    def shown(self) -> list[tuple[Figure, Value]]:
        """Each figure with its value, for a page."""
        return [(figure, self.values[figure.key]) for figure in self.group.manifest.figures]


def phase_shown(db: Session, today: date) -> PhaseDays | None:
    """The phase that pages speak of: the one of today if it has work in it, else the latest that has any."""
    now = current_phase(db, today)
    r = StockRollup
    busy = set(db.scalars(select(r.phase_id).where(r.tenant_id == current().tenant_id).distinct()))
    if now is None or now.id in busy:
        return now
    return next((phase for phase in phases(db) if phase.id in busy), now)


def figures(db: Session, phase: PhaseDays, today: date) -> list[GroupFigures]:
    """The figures of every group that is on and set in the phase. Money in satang, or whole baht where declared."""
    found = []
    for group in enabled(db):
        in_phase = group_in_phase(db, phase.id, group.slug)
        if in_phase is None:
            continue
        subject = Subject(db, group, phase, in_phase, today)
        values = {figure.key: _value(subject, figure) for figure in group.manifest.figures}
        found.append(GroupFigures(group, in_phase, values, carried_in(subject)))
    return found


def _value(subject: Subject, figure: Figure) -> Value:
    value = measure(subject, figure.measure, figure.by)
    if figure.in_baht and isinstance(value, int):
        return value // 100 if value % 100 == 0 else value
    return value
