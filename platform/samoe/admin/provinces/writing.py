"""Adding what a file names, or changing it where it is there already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.programmes.agreements import actions as agreement_actions
from samoe.programmes.agreements import queries as agreement_queries
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.benefits.actions import set_benefit
from samoe.programmes.benefits.forms import AmountsForm
from samoe.programmes.committees import actions as committee_actions
from samoe.programmes.committees import queries as committee_queries
from samoe.programmes.committees.forms import CommitteeForm, SeatForm
from samoe.programmes.groups.actions import set_group
from samoe.programmes.groups.forms import GroupInPhaseForm
from samoe.programmes.partners import actions as partner_actions
from samoe.programmes.partners import queries as partner_queries
from samoe.programmes.partners.forms import PartnerForm
from samoe.programmes.phases import actions as phase_actions
from samoe.programmes.phases import queries as phase_queries
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.programme import actions as programme_actions
from samoe.programmes.programme import queries as programme_queries
from samoe.programmes.programme.forms import LeadForm, ProgrammeForm
from samoe.programmes.targets.actions import set_grid
from samoe.programmes.targets.queries import Cell, Span

Write = Callable[[Session, Actor], object]


def programme(db: Session, actor: Actor, form: ProgrammeForm) -> None:
    programme_actions.save_programme(db, actor, form)


def lead(db: Session, actor: Actor, form: LeadForm) -> None:
    known = next((lead for lead in programme_queries.leads(db) if lead.name_th == form.name_th), None)
    if known:
        kept = replace(form, from_on=form.from_on or known.from_on, to_on=form.to_on or known.to_on)
        programme_actions.change_lead(db, actor, known.id, kept)
    else:
        programme_actions.add_lead(db, actor, form)


def partner(db: Session, actor: Actor, form: PartnerForm) -> None:
    known = next((partner for partner in partner_queries.partners(db) if partner.name_th == form.name_th), None)
    if known:
        partner_actions.change_partner(db, actor, known.id, form)
    else:
        partner_actions.add_partner(db, actor, form)


def committee(db: Session, actor: Actor, form: CommitteeForm) -> None:
    known = next((known for known in committee_queries.committees(db) if known.name_th == form.name_th), None)
    if known:
        committee_actions.change_committee(db, actor, known.id, form)
    else:
        committee_actions.add_committee(db, actor, form)


def seat(db: Session, actor: Actor, committee_name: str | None, form: SeatForm, turn: int = 1) -> None:
    within, known = _seat(db, committee_name, form.title_th, turn)
    if known:
        committee_actions.change_seat(db, actor, known, form)
    else:
        committee_actions.add_seat(db, actor, within, form)


def no_seat(db: Session, actor: Actor, committee_name: str | None, title: str, turn: int) -> None:
    _within, known = _seat(db, committee_name, title, turn)
    if known:
        committee_actions.remove_seat(db, actor, known)


def _seat(db: Session, committee_name: str | None, title: str, turn: int) -> tuple[UUID | None, UUID | None]:
    """The committee, and the seat whose turn it is among those with the title."""
    found = next((known for known in committee_queries.committees(db) if known.name_th == committee_name), None)
    within = found.id if found else None
    titled = sorted(
        (seat for seat in committee_queries.seats(db) if seat.committee_id == within and seat.title_th == title),
        key=lambda seat: (seat.rank, seat.organisation_th or "", seat.id),
    )
    return within, titled[turn - 1].id if turn <= len(titled) else None


def phase(db: Session, actor: Actor, form: PhaseForm) -> None:
    known = next((known for known in phase_queries.phases(db) if known.number == form.number), None)
    if known:
        before = form.predecessor_number or known.predecessor_number
        phase_actions.change_phase(db, actor, known.id, replace(form, predecessor_number=before))
    else:
        phase_actions.open_phase(db, actor, form)


def published(db: Session, actor: Actor, number: int) -> None:
    known = phase_queries.phase_numbered(db, number)
    if known.published_at is None:
        phase_actions.publish_phase(db, actor, known.id)


def agreement(db: Session, actor: Actor, phase_number: int, form: AgreementForm, *, first: bool = True) -> None:
    """An agreement is known by its number; the first one of a file may be the one whose number was not known yet.

    What the file does not say of it stays, and who signed is never in a file.
    """
    belongs = phase_queries.phase_numbered(db, phase_number).id
    found = agreement_queries.agreements(db, belongs)
    known = next((one for one in found if one.number and one.number == form.number), None)
    if known is None and first:
        known = next((one for one in found if form.number is None or one.number is None), None)
        known = known or (found[0] if len(found) == 1 else None)
    if known:
        kept = AgreementForm(
            form.number or known.number, form.signed_on or known.signed_on,
            known.amount if form.amount is None else form.amount, known.signatories,
            form.deliverables or known.deliverables,
        )  # fmt: skip
        agreement_actions.change_agreement(db, actor, known.id, kept)
    else:
        agreement_actions.add_agreement(db, actor, belongs, form)


def in_phase(number: int, slug: str, form: GroupInPhaseForm) -> Write:
    return lambda db, actor: set_group(db, actor, phase_queries.phase_numbered(db, number).id, slug, form)


def benefit(number: int, group: str, slug: str, form: AmountsForm) -> Write:
    return lambda db, actor: set_benefit(db, actor, phase_queries.phase_numbered(db, number).id, group, slug, form)


def target(number: int, group: str, measure: str, cell: Cell, span: Span | None) -> Write:
    return lambda db, actor: set_grid(
        db, actor, phase_queries.phase_numbered(db, number).id, group, {cell: span}, measure=measure
    )
