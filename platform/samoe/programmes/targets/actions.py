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
from samoe.kit.problem import Conflict
from samoe.programmes.models import Target
from samoe.programmes.phases.queries import phase
from samoe.programmes.targets import queries
from samoe.programmes.targets.queries import ASSISTED, Span
from samoe.targetgroups.enabling import group_or_404
from samoe.tenancy import current
from samoe.tenancy.rows import change
from samoe.tenancy.tenants import tenant

_ADD = insert(Target).on_conflict_do_nothing().returning(Target.id)
"""One target a place: of two people who add the same one at once, the second is told."""


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
    """Set the targets named in ``wanted`` (None: the whole) and leave the others; a target of None is taken away.

    Which of them changed. ``seen`` holds the versions that the person had open; a row not in it was not there.
    """
    require(actor, Permission.PROGRAMME_CONFIGURE)
    group, in_phase = group_or_404(db, group_slug), phase(db, phase_id)
    places = tuple(key for key in wanted if key is not None)
    refuse_foreign_districts(places, tenant(db, current().tenant_id).province_code)
    rows = queries.rows(db, in_phase.id, group.slug, measure)
    changed = [key for key, span in wanted.items() if _kept(rows.get(key)) != span]
    for key in changed:
        span, row = wanted[key], rows.get(key)
        version = _version(row) if seen is None else seen.get(key, 0)
        if row is None and span is not None:
            values = {"phase_id": in_phase.id, "group_slug": group.slug, "measure": measure, "district_code": key}
            if db.scalar(_ADD.values(**values, min_count=span.least, max_count=span.most)) is None:
                raise Conflict(CHANGED_SINCE)
        elif row is not None and span is not None:
            change(db, Target, row.id, version, min_count=span.least, max_count=span.most)
        elif row is not None:
            change(db, Target, row.id, version)
            db.execute(delete(Target).where(Target.tenant_id == current().tenant_id, Target.id == row.id))
    if changed:
        said = [key or "whole" for key in changed]
        audit.record(db, actor, "changed", "targets", group.slug, phase=in_phase.number, places=said)
    db.flush()
    return changed


def _kept(row: Target | None) -> Span | None:
    return None if row is None else Span(row.min_count, row.max_count)


def _version(row: Target | None) -> int:
    return 0 if row is None else row.row_version
