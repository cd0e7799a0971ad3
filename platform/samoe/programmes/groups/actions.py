"""Saying what a target group is in a phase."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.programmes.groups import queries
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.models import PhaseGroup
from samoe.programmes.phases.queries import phase
from samoe.programmes.saving import add, revise
from samoe.targetgroups.enabling import group_or_404


def set_group(
    db: Session, actor: Actor, phase_id: UUID, slug: str, form: GroupInPhaseForm, seen: int | None = None
) -> UUID:
    """Set a group's register, source and districts in a phase."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    group, in_phase = group_or_404(db, slug), phase(db, phase_id)
    values = {
        "register": form.register, "source": form.source,
        "district_codes": None if form.district_codes is None else list(form.district_codes),
    }  # fmt: skip
    known = queries.group_in_phase(db, in_phase.id, group.slug)
    if known is None:
        row = PhaseGroup(phase_id=in_phase.id, group_slug=group.slug, **values)
        return add(db, actor, "phase_group", row)
    revise(db, actor, "phase_group", queries.row(db, known.id), seen, values)
    return known.id
