"""Naming the programme and saying who leads it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.programmes.models import LeadOrganisation, Programme
from samoe.programmes.programme import queries
from samoe.programmes.programme.forms import LeadForm, ProgrammeForm
from samoe.programmes.saving import add, revise
from samoe.tenancy import current


def save_programme(db: Session, actor: Actor, form: ProgrammeForm, seen: int | None = None) -> UUID:
    """Set up the programme, or rename it."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    now = queries.programme(db)
    if now is None:
        return add(db, actor, "programme", Programme(**asdict(form)))
    row = db.get_one(Programme, (current().tenant_id, now.id))
    revise(db, actor, "programme", row, seen, asdict(form))
    return now.id


def add_lead(db: Session, actor: Actor, form: LeadForm) -> UUID:
    """Say who leads from a day on. The one that led till then ends on the day before."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    if form.from_on is not None:
        before = next((lead for lead in queries.leads(db) if lead.to_on is None), None)
        if before and (before.from_on is None or before.from_on < form.from_on):
            row = queries.lead(db, before.id)
            revise(db, actor, "lead_organisation", row, None, {"to_on": form.from_on - timedelta(days=1)})
    _refuse_overlap(db, form, None)
    return add(db, actor, "lead_organisation", LeadOrganisation(**asdict(form)))


def change_lead(db: Session, actor: Actor, lead_id: UUID, form: LeadForm, seen: int | None = None) -> None:
    """Mend the name or the days of a lead organisation."""
    require(actor, Permission.PROGRAMME_CONFIGURE)
    row = queries.lead(db, lead_id)
    _refuse_overlap(db, form, lead_id)
    revise(db, actor, "lead_organisation", row, seen, asdict(form))


def _refuse_overlap(db: Session, form: LeadForm, but: UUID | None) -> None:
    if other := queries.overlapping(db, form.from_on, form.to_on, but):
        raise Problem(
            "ช่วงวันนี้ซ้อนกับ %(name)s ให้แก้วันเริ่มหรือวันสิ้นสุดก่อน", field="from_on",
            name=pick(other.name_th, other.name_en),
        )  # fmt: skip
