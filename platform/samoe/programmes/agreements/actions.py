"""Writing down agreements with the fund."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.agreements import queries
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.models import Agreement
from samoe.programmes.phases.queries import phase
from samoe.programmes.saving import add, revise


def add_agreement(db: Session, actor: Actor, phase_id: UUID, form: AgreementForm) -> UUID:
    """Write down an agreement of a phase; its number stands once."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    return add(db, actor, "agreement", Agreement(phase_id=phase(db, phase_id).id, **_values(db, form, None)))


def change_agreement(
    db: Session, actor: Actor, agreement_id: UUID, form: AgreementForm, seen: int | None = None
) -> None:
    """Mend an agreement."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    queries.agreement(db, agreement_id)
    row = queries.row(db, agreement_id)
    revise(db, actor, "agreement", row, seen, _values(db, form, agreement_id))


def _values(db: Session, form: AgreementForm, but: UUID | None) -> dict[str, Any]:
    if form.number and queries.number_taken(db, form.number, but):
        raise Problem("มีข้อตกลงเลขที่ %(number)s แล้ว", field="number", number=form.number)
    return {
        "number": form.number, "signed_on": form.signed_on, "amount": form.amount,
        "signatories": {"items": list(form.signatories)}, "deliverables": {"items": list(form.deliverables)},
    }  # fmt: skip
