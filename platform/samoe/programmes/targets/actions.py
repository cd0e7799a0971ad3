"""Setting how many to reach."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import CHANGED_SINCE
from samoe.identity import Actor, Permission, require
from samoe.identity.scopes import refuse_foreign_districts
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.models import Target
from samoe.programmes.phases.queries import PhaseDays, phase
from samoe.programmes.targets import queries
from samoe.programmes.targets.queries import ASSISTED, Cell, Span
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current
from samoe.tenancy.rows import change
from samoe.tenancy.tenants import tenant

_ADD = insert(Target).on_conflict_do_nothing().returning(Target.id)
"""One target a place and quarter: of two people who add the same one at once, the second is told."""


def set_targets(
    db: Session,
    actor: Actor,
    phase_id: UUID,
    group_slug: str,
    wanted: Mapping[str | None, Span | None],
    *,
    measure: str = ASSISTED,
    seen: Mapping[str | None, int] | None = None,
) -> list[str | None]:
    """Set the targets of the whole phase named in ``wanted`` (None: the whole province) and leave the others."""
    cells = {Cell(code): span for code, span in wanted.items()}
    versions = None if seen is None else {Cell(code): version for code, version in seen.items()}
    changed = set_grid(db, actor, phase_id, group_slug, cells, measure=measure, seen=versions)
    return [cell.district for cell in changed]


def set_grid(
    db: Session,
    actor: Actor,
    phase_id: UUID,
    group_slug: str,
    wanted: Mapping[Cell, Span | None],
    *,
    measure: str = ASSISTED,
    seen: Mapping[Cell, int] | None = None,
) -> list[Cell]:
    """Set the targets named in ``wanted`` and leave the others; a target of None is taken away.

    Which of them changed. ``seen`` holds the versions that the person had open; a row not in it was not there.
    """
    require(actor, Permission.PROGRAMME_CONFIGURE)
    group, in_phase = group_or_404(db, group_slug), phase(db, phase_id)
    _refuse_foreign(db, in_phase, wanted)
    rows = queries.rows(db, in_phase.id, group.slug, measure)
    changed = [cell for cell, span in wanted.items() if _kept(rows.get(cell)) != span]
    for cell in changed:
        span, row = wanted[cell], rows.get(cell)
        version = _version(row) if seen is None else seen.get(cell, 0)
        if row is None and span is not None:
            values = {"phase_id": in_phase.id, "group_slug": group.slug, "measure": measure, "quarter": cell.quarter}
            bounds = {"district_code": cell.district, "min_count": span.least, "max_count": span.most}
            if db.scalar(_ADD.values(**values, **bounds)) is None:
                raise Conflict(CHANGED_SINCE)
        elif row is not None and span is not None:
            change(db, Target, row.id, version, min_count=span.least, max_count=span.most)
        elif row is not None:
            change(db, Target, row.id, version)
            db.execute(delete(Target).where(Target.tenant_id == current().tenant_id, Target.id == row.id))
    if changed:
        said = [f"{cell.district or 'whole'}{f' Q{cell.quarter}' if cell.quarter else ''}" for cell in changed]
        audit.record(db, actor, "changed", "targets", group.slug, phase=in_phase.number, places=said)
    db.flush()
    return changed


def _refuse_foreign(db: Session, in_phase: PhaseDays, wanted: Mapping[Cell, Span | None]) -> None:
    places = tuple(dict.fromkeys(cell.district for cell in wanted if cell.district is not None))
    refuse_foreign_districts(places, tenant(db, current().tenant_id).province_code)
    last = len(in_phase.quarters)
    if beyond := next((cell.quarter for cell in wanted if cell.quarter and not 1 <= cell.quarter <= last), None):
        raise Problem("ระยะที่ %(n)s มี %(last)s ไตรมาส ไม่มีไตรมาสที่ %(q)s", n=in_phase.number, last=last, q=beyond)


def _kept(row: Target | None) -> Span | None:
    return None if row is None else Span(row.min_count, row.max_count)


def _version(row: Target | None) -> int:
    return 0 if row is None else row.row_version
