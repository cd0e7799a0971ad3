"""Who has an identity number, and giving one: for who reaches the whole tenant, and for the service."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe.kit import clock
from samoe.registry.models import PersonIdentifier
from samoe.tenancy import current


def live_holder(db: Session, kind: str, value: str) -> PersonIdentifier | None:
    """The number as somebody has it now, as far as the member reaches."""
    i = PersonIdentifier
    return db.scalar(
        select(i).where(i.tenant_id == current().tenant_id, i.kind == kind, i.value == value, i.valid_to.is_(None))
    )


def give(db: Session, person_id: UUID, *, kind: str, value: str, checksum_ok: bool, since: date | None) -> UUID | None:
    """Close the person's former number of the kind and write this one down; None, and nothing is changed, where
    somebody else has it."""
    i = PersonIdentifier
    made = i(person_id=person_id, kind=kind, value=value, checksum_ok=checksum_ok, valid_from=since)
    try:
        with db.begin_nested():
            db.execute(
                update(i)
                .where(
                    i.tenant_id == current().tenant_id, i.person_id == person_id, i.kind == kind, i.valid_to.is_(None)
                )
                .values(valid_to=since or clock.today())
            )  # fmt: skip
            db.add(made)
    except IntegrityError:
        return None
    return made.id
