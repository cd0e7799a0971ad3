"""Setting the amounts of a group's benefits in a phase."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.db.refused import rule_of
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import NotFound, Problem
from samoe.programmes.benefits import queries
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.models import Benefit
from samoe.programmes.phases.queries import phase
from samoe.programmes.saving import add, revise
from samoe.targetgroups.enabling import group_or_404

APPROVED = "กองทุนอนุมัติเงินนี้แล้ว จึงเปลี่ยนชนิด วัตถุประสงค์ หรือการรับซ้อนในระยะนี้ไม่ได้ เพิ่มเป็นเงินช่วยเหลืออีกรายการแทน"


def set_benefit(
    db: Session, actor: Actor, phase_id: UUID, group_slug: str, slug: str, form: AmountsForm, seen: int | None = None
) -> UUID:
    """Set the amounts of a benefit that the group's manifest declares; kind and purpose are the manifest's.

    What it is for, and whether it stacks, stands once the fund has approved money for it: else one person could be
    entitled again to what they had under other words.
    """
    require(actor, Permission.PROGRAMME_CONFIGURE)
    group, in_phase = group_or_404(db, group_slug), phase(db, phase_id)
    declared = next((benefit for benefit in group.manifest.benefits if benefit.slug == slug), None)
    if declared is None:
        raise NotFound
    values = {
        "kind": declared.kind, "purpose": declared.purpose, "stackable": declared.stacks,
        "min_amount": form.min_amount, "max_amount": form.max_amount,
    }  # fmt: skip
    known = queries.benefit(db, in_phase.id, group.slug, slug)
    if known is None:
        row = Benefit(phase_id=in_phase.id, group_slug=group.slug, slug=slug, **values)
        return add(db, actor, "benefit", row)
    try:
        with db.begin_nested():
            revise(db, actor, "benefit", queries.row(db, known.id), seen, values)
    except IntegrityError as fault:
        if rule_of(fault) != "approved_benefit_stands":
            raise
        raise Problem(APPROVED) from None
    return known.id
