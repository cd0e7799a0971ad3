"""Reading claims as the numbers that they say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.registry.claims.models import IdentifierClaim
from samoe.tenancy import current


def claims_of(db: Session, person_id: UUID) -> Sequence[IdentifierClaim]:
    """What is claimed for a person."""
    c = IdentifierClaim
    return db.scalars(
        select(c).where(c.tenant_id == current().tenant_id, c.person_id == person_id).order_by(c.id)
    ).all()


def claimed(db: Session, values: Collection[str]) -> list[tuple[str, UUID]]:
    """Which persons these numbers are claimed for, as far as the member reaches."""
    c = IdentifierClaim
    query = select(c.value, c.person_id).where(c.tenant_id == current().tenant_id, c.value.in_(list(values)))
    return [(value, person) for value, person in db.execute(query.order_by(c.id))]
