"""Saying what a target group is in a phase, switching one off, and taking away one that was made here."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.programmes.groups import queries
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.models import PhaseGroup
from samoe.programmes.phases.queries import phase
from samoe.programmes.saving import add, revise
from samoe.programmes.sharing import offering
from samoe.targetgroups import enabling, removing
from samoe.targetgroups.discovery import canonical
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


def switch_off(db: Session, actor: Actor, slug: str) -> None:
    """Switch a group off; its data stay. What the province does not do itself it no longer offers to others."""
    enabling.disable(db, actor, slug)
    offering.end(db, actor, canonical(slug))


def remove(db: Session, actor: Actor, slug: str) -> None:
    """Take away a group that was made here, and its offer."""
    removing.remove(db, actor, slug)
    offering.end(db, actor, slug)
