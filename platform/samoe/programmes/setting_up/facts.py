"""What is known of a phase while it is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.identity.member_list import name_of_member
from samoe.identity.separation import Duty, duties
from samoe.programmes.agreements.queries import AgreementTerms, agreements
from samoe.programmes.committees.queries import CommitteeSeats, committees
from samoe.programmes.models import PhaseLook
from samoe.programmes.overview import GroupRow, group_rows
from samoe.programmes.partners.queries import Partner, partners
from samoe.programmes.phases.queries import PhaseDays
from samoe.programmes.programme.queries import Lead, lead_on
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a task and left it for now."""

    on: date
    by: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A phase and everything that its set-up consists of."""

    phase: PhaseDays
    groups: tuple[GroupRow, ...]
    lead: Lead | None
    partners: tuple[Partner, ...]
    committees: tuple[CommitteeSeats, ...]
    agreements: tuple[AgreementTerms, ...]
    duties: tuple[Duty, ...]
    looks: Mapping[str, Look]


def facts(db: Session, phase: PhaseDays, today: date) -> Facts:
    """As they stand today; criteria, lead and partners as they will on the first day of a phase to come."""
    day = max(today, phase.starts_on)
    return Facts(
        phase=phase,
        groups=group_rows(db, phase, day),
        lead=lead_on(db, day),
        partners=tuple(one for one in partners(db) if one.works_on(day)),
        committees=committees(db),
        agreements=agreements(db, phase.id),
        duties=duties(db, today),
        looks=_looks(db, phase),
    )


def _looks(db: Session, phase: PhaseDays) -> dict[str, Look]:
    k = PhaseLook
    rows = db.execute(
        select(k.task, k.looked_on, name_of_member(k.looked_by), k.note).where(
            k.tenant_id == current().tenant_id, k.phase_id == phase.id
        )
    )
    return {task: Look(*said) for task, *said in rows}
