"""What in the trail is about a person: the person, and everything that points at them or at their enrolments."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.db.models import references_to
from samoe.tenancy import current


def ids_about(db: Session, person_ids: Sequence[UUID]) -> list[UUID]:
    """Ids under which deeds about these persons are noted; found in the schema, so that no room is forgotten."""
    enrolments: list[UUID] = []
    found = [*person_ids, *_pointing_at("persons", person_ids, db, enrolments)]
    return found + _pointing_at("enrolments", enrolments, db, [])


def _pointing_at(table: str, ids: Sequence[UUID], db: Session, enrolments: list[UUID]) -> list[UUID]:
    found: list[UUID] = []
    for other, column in references_to(table) if ids else ():
        if "id" in other.c:
            here = select(other.c.id).where(other.c.tenant_id == current().tenant_id, other.c[column].in_(ids))
            rows = list(db.scalars(here))
            found += rows
            if other.name == "enrolments":
                enrolments += rows
    return found
