"""Writing down who somebody is. Earlier values are kept by the history of rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.audit.models import AuditEvent
from samoe.db.one_row import one_row
from samoe.db.table import new_id
from samoe.identity import Actor, Permission, require
from samoe.kit import national_id
from samoe.kit.problem import Problem
from samoe.registry.claims.actions import claim
from samoe.registry.claims.jobs import look_later
from samoe.registry.claims.queries import claimed
from samoe.registry.models import Person, PersonIdentifier, Placement
from samoe.registry.persons import queries
from samoe.registry.persons.facts import KIND_OF, PersonFacts
from samoe.registry.persons.identifiers import give, live_holder
from samoe.tenancy import current

AGAIN = timedelta(minutes=10)
"""Opening the same person again within this time is the same look."""

OTHERS = "เลขนี้เป็นของคนอื่นในทะเบียนแล้ว ค้นหาด้วยเลขนี้ก่อน"
_LISTED = text(
    "insert into audit_events (tenant_id, id, actor_id, actor_name, actor_role, verb, subject_type, detail)"
    " values (:tenant, :id, :actor, :name, :role, 'listed', 'person', cast(:detail as jsonb))"
)
READ_PROBLEMS = {
    "id_bad_length": "เลขนี้ต้องมี 13 หลัก ตรวจเลขบนบัตรแล้วพิมพ์ใหม่",
    "id_scientific": "เลขนี้ถูกโปรแกรมตารางย่อไว้ (เช่น 1.1E+12) พิมพ์เลข 13 หลักใหม่จากบัตร",
}


def add_person(db: Session, actor: Actor, facts: PersonFacts, *, import_batch_id: UUID | None = None) -> UUID:
    """Write down a new person and return the id.

    A member with a narrowed scope cannot read the person until an enrolment makes them reachable: enrol in the same
    transaction, then add identifiers (``casework.enrolments.actions.enrol_new_person`` does all three).
    """
    require(actor, Permission.PERSON_WRITE)
    if not facts.first_name.strip():
        raise Problem("พิมพ์ชื่อ", field="first_name")
    person_id = new_id()
    # Core, without RETURNING: what is inserted may not be readable yet.
    values = {"id": person_id, "tenant_id": current().tenant_id, "import_batch_id": import_batch_id, **facts.columns()}
    db.execute(insert(Person.__table__).values(values).inline())  # type: ignore[arg-type]
    audit.record(db, actor, "added", "person", person_id)
    return person_id


def change_person(db: Session, actor: Actor, person_id: UUID, row_version: int, facts: PersonFacts) -> None:
    """Replace what is written of a person, as seen in ``row_version``; ``Conflict`` if somebody was first."""
    require(actor, Permission.PERSON_WRITE)
    before = queries.living(db, person_id)
    columns = facts.columns()
    changed = sorted(name for name, value in columns.items() if getattr(before, name) != value)
    if not changed:
        return
    done = db.execute(
        update(Person)
        .where(Person.tenant_id == current().tenant_id, Person.id == before.id, Person.row_version == row_version)
        .values(**columns, row_version=row_version + 1, updated_at=func.now())
        .execution_options(synchronize_session=False)
    )
    one_row(done)
    db.expire(before)
    audit.record(db, actor, "changed", "person", person_id, fields=changed)


def add_identifier(db: Session, actor: Actor, person_id: UUID, typed: str, *, since: date | None = None) -> UUID:
    """Give a person an identity number or G-code. A former number of the same kind is closed, not deleted.

    A wrong check digit is kept as a doubt (some true numbers have one); another live holder is a ``Problem``, as far
    as the member sees. Who reaches a part of the province claims the number: what they are told never depends on
    people out of their reach.
    """
    require(actor, Permission.PERSON_WRITE)
    read = national_id.read(typed)
    if read.value is None or read.kind is None:
        raise Problem(READ_PROBLEMS.get(read.problem or "", "พิมพ์เลขประจำตัวประชาชนหรือรหัส G"), field="identifier")
    person_id = queries.living(db, person_id).id
    kind, sound = KIND_OF[read.kind], read.doubt != "id_checksum"
    holder = live_holder(db, kind, read.value)
    if holder is not None and holder.person_id != person_id:
        raise Problem(OTHERS, field="identifier")
    if not actor.scope.whole:
        if any(other != person_id for _value, other in claimed(db, [read.value])):
            raise Problem(OTHERS, field="identifier")
        made_id = claim(db, actor, person_id, kind=kind, value=read.value, checksum_ok=sound, since=since)
        look_later(db, actor, person_id)
        return made_id
    if holder is not None:
        return holder.id
    given = give(db, person_id, kind=kind, value=read.value, checksum_ok=sound, since=since)
    if given is None:
        raise Problem(OTHERS, field="identifier")
    audit.record(db, actor, "identified", "person", person_id, kind=kind)
    return given


def opened(db: Session, actor: Actor, person_id: UUID) -> None:
    """Note that somebody looked at what is kept of a person; once within ten minutes."""
    e = AuditEvent
    lately = select(e.id).where(
        e.tenant_id == current().tenant_id, e.subject_type == "person", e.subject_id == str(person_id),
        e.verb == "read", e.actor_id == actor.membership_id, e.recorded_at > func.now() - AGAIN,
    )  # fmt: skip
    if db.scalar(lately.limit(1)) is None:
        audit.record(db, actor, "read", "person", person_id)


def shown(db: Session, actor: Actor, person_ids: Iterable[UUID | None]) -> None:
    """Note whom a page shows: one person as ``opened``, a list of many as one event that names them all.

    One event for each look at a list, in the transaction that reads it; written past the ORM, for lists are what is
    asked for most.
    """
    found = list(dict.fromkeys(one for one in person_ids if one is not None))
    if len(found) == 1:
        opened(db, actor, found[0])
    elif found:
        values = {
            "tenant": current().tenant_id, "id": new_id(), "actor": actor.membership_id, "name": actor.name,
            "role": actor.role, "detail": json.dumps({"count": len(found), "persons": [str(one) for one in found]}),
        }  # fmt: skip
        db.execute(_LISTED, values)


def reveal(db: Session, actor: Actor, person_id: UUID, reason: str) -> list[str]:
    """The live identity numbers of a person, in full. Asks for a reason and leaves a trace."""
    require(actor, Permission.PERSON_REVEAL)
    if len(reason.strip()) < 5:
        raise Problem("บอกเหตุผลที่ต้องดูเลขนี้ อย่างน้อย 5 ตัวอักษร", field="reason")
    person_id = queries.get(db, person_id).id
    values = db.scalars(
        select(PersonIdentifier.value).where(
            PersonIdentifier.tenant_id == current().tenant_id, PersonIdentifier.person_id == person_id,
            PersonIdentifier.valid_to.is_(None),
        )
    ).all()  # fmt: skip
    audit.record(db, actor, "revealed", "person", person_id, reason=reason.strip(), count=len(values))
    return [national_id.shown(value) for value in values]


def open_answers(db: Session, actor: Actor, person_id: UUID, reason: str) -> None:
    """Note that somebody opens the closed answers of a person, who must say why."""
    require(actor, Permission.PERSON_REVEAL)
    if len(reason.strip()) < 5:
        raise Problem("บอกเหตุผลที่ต้องดูคำตอบที่ปิดไว้ อย่างน้อย 5 ตัวอักษร", field="reason")
    person_id = queries.get(db, person_id).id
    audit.record(db, actor, "unveiled", "person", person_id, reason=reason.strip())


def place(
    db: Session, actor: Actor, person_id: UUID, institution_id: UUID, *, from_on: date, reason: str | None = None
) -> None:
    """Say that a person is in an institution from a day on; the stay before ends the day it begins."""
    require(actor, Permission.PERSON_WRITE)
    person_id = queries.living(db, person_id).id
    db.execute(
        update(Placement)
        .where(
            Placement.tenant_id == current().tenant_id, Placement.person_id == person_id, Placement.to_on.is_(None),
            Placement.institution_id != institution_id,
        )
        .values(to_on=from_on)
    )  # fmt: skip
    here = select(Placement.id).where(
        Placement.tenant_id == current().tenant_id, Placement.person_id == person_id,
        Placement.institution_id == institution_id, Placement.to_on.is_(None),
    )  # fmt: skip
    if db.scalar(here) is None:
        db.add(Placement(person_id=person_id, institution_id=institution_id, from_on=from_on, reason=reason))
        db.flush()
        audit.record(db, actor, "placed", "person", person_id, institution=str(institution_id))
