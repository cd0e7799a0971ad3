"""Claiming a number, and the service's look at who holds it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.table import new_id
from samoe.identity import Actor
from samoe.registry.claims.models import IdentifierClaim
from samoe.registry.models import DuplicateCandidate, Person
from samoe.registry.persons.identifiers import give, live_holder
from samoe.registry.persons.queries import by_name
from samoe.tenancy import current

SAME_NUMBER, SAME_NAME = "same_identifier", "same_name_and_birth_date"


def claim(
    db: Session, actor: Actor, person_id: UUID, *, kind: str, value: str, checksum_ok: bool, since: date | None
) -> UUID:
    """Write down a number for a person in the member's reach; a former claim of the kind gives way. The service looks
    at it afterwards (``samoe.registry.claims.jobs``), so that the answer is the same whoever else holds the number."""
    said = {
        "value": value, "checksum_ok": checksum_ok, "valid_from": since, "claimed_by": actor.membership_id,
        "state": "waiting",
    }  # fmt: skip
    values = {"id": new_id(), "tenant_id": current().tenant_id, "person_id": person_id, "kind": kind, **said}
    statement = insert(IdentifierClaim).values(**values)
    made: UUID = db.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "person_id", "kind"], set_={**said, "recorded_at": func.now()}
        ).returning(IdentifierClaim.id)
    ).scalar_one()
    audit.record(db, actor, "identified", "person", person_id, kind=kind)
    return made


def settle(db: Session, service: Actor, person_id: UUID) -> None:
    """For the service, in the whole province: let a free number be the person's, and put what may be one person before
    the officer. May be done again."""
    c = IdentifierClaim
    waiting = db.scalars(
        select(c)
        .where(c.tenant_id == current().tenant_id, c.person_id == person_id, c.state == "waiting")
        .with_for_update()
    ).all()
    for one in waiting:
        holder = live_holder(db, one.kind, one.value)
        if holder is None and give(
            db, person_id, kind=one.kind, value=one.value, checksum_ok=one.checksum_ok, since=one.valid_from
        ):
            one.state = "taken"
            audit.record(db, service, "identified", "person", person_id, kind=one.kind)
            continue
        holder = holder or live_holder(db, one.kind, one.value)  # somebody was quicker
        one.state = "taken" if holder is not None and holder.person_id == person_id else "held"
        if holder is not None and holder.person_id != person_id:
            _put_before_the_officer(db, person_id, holder.person_id, SAME_NUMBER)
    person = db.get(Person, (current().tenant_id, person_id))
    if person is not None and person.merged_into_id is None:
        for other in by_name(db, person.first_name, person.last_name, person.birth_date):
            if other != person_id:
                _put_before_the_officer(db, person_id, other, SAME_NAME)


def _put_before_the_officer(db: Session, person_id: UUID, other_id: UUID, reason: str) -> None:
    """Once: a pair that was ever put before somebody is not put there again."""
    d = DuplicateCandidate
    pair = (person_id, other_id)
    known = select(d.id).where(d.tenant_id == current().tenant_id, d.person_id.in_(pair), d.other_person_id.in_(pair))
    if db.scalar(known.limit(1)) is None:
        db.add(DuplicateCandidate(person_id=person_id, other_person_id=other_id, reason=reason))
        db.flush()
