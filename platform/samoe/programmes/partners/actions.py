"""Adding partners and mending what is known of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.models import PartnerOrg
from samoe.programmes.partners import queries
from samoe.programmes.partners.forms import PartnerForm
from samoe.programmes.saving import add, revise


def add_partner(db: Session, actor: Actor, form: PartnerForm) -> UUID:
    """Add a partner; one name stands once."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    return add(db, actor, "partner", PartnerOrg(**_values(db, form, None)))


def change_partner(db: Session, actor: Actor, partner_id: UUID, form: PartnerForm, seen: int | None = None) -> None:
    """Mend a partner's name, kind, districts or days."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    revise(db, actor, "partner", queries.row(db, partner_id), seen, _values(db, form, partner_id))


def _values(db: Session, form: PartnerForm, but: UUID | None) -> dict[str, Any]:
    if queries.name_taken(db, form.name_th, but):
        raise Problem("มีหน่วยงานภาคีชื่อนี้แล้ว", field="name_th")
    codes = form.district_codes
    return {**asdict(form), "district_codes": None if codes is None else list(codes)}
