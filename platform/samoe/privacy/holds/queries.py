"""Which holds there are on somebody's data."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.privacy.models import LegalHold
from samoe.tenancy import current


def records(db: Session, person_id: UUID) -> list[UUID]:
    """The record and all that were merged into it."""
    return list(db.scalar(text("select records_of(:person)"), {"person": person_id}) or [])


def of_person(db: Session, person_ids: Collection[UUID]) -> list[LegalHold]:
    """Holds on somebody, those in force first."""
    h = LegalHold
    return list(
        db.scalars(
            select(h)
            .where(h.tenant_id == current().tenant_id, h.person_id.in_(list(person_ids)))
            .order_by(h.lifted_on.desc().nulls_first(), h.placed_on.desc())
        )
    )
