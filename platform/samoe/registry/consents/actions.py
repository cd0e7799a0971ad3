"""Recording consent and its withdrawal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.registry.consents.queries import PURPOSES, in_force
from samoe.registry.consents.texts import published
from samoe.registry.models import Consent
from samoe.registry.persons import queries as persons
from samoe.tenancy import current

TEXT_VERSION = "2564-1"
"""The wording on the paper and the page, where the province has published none of its own (``texts``)."""
CHANNELS = ("paper", "in_person", "phone")
GUARDIAN_ONLY = 10
"""Up to and including this age only the holder of parental power consents (PDPA s.20)."""


def record_consent(
    db: Session,
    actor: Actor,
    person_id: UUID,
    *,
    purpose: str,
    given_by: str,
    given_on: date,
    channel: str = "paper",
    guardian_name: str | None = None,
    relation: str | None = None,
    text_version: str = TEXT_VERSION,
    proof: str | None = None,
    witness: str | None = None,
    document_id: UUID | None = None,
) -> UUID:
    """Record one consent for one purpose, to the wording that the province has published for it.

    A child of ten or less cannot give it; a guardian is named, and from eleven on both may be.
    """
    require(actor, Permission.PERSON_WRITE)
    person = persons.living(db, person_id)
    if purpose not in PURPOSES:
        raise Problem("เลือกเรื่องที่ยินยอม", field="purpose")
    if channel not in CHANNELS:
        raise Problem("เลือกวิธีที่ให้ความยินยอม", field="channel")
    if given_by in ("guardian", "both"):
        if not (guardian_name or "").strip():
            raise Problem("พิมพ์ชื่อผู้ปกครองที่ให้ความยินยอม", field="guardian_name")
    elif given_by != "self":
        raise Problem("เลือกว่าใครให้ความยินยอม", field="given_by")
    if given_by != "guardian" and ((age := persons.age_of(person, given_on)) is None or age <= GUARDIAN_ONLY):
        raise Problem("เด็กอายุไม่เกิน 10 ปี หรือไม่ทราบวันเกิด ต้องให้ผู้ปกครองยินยอม", field="given_by")
    wording = published(db, purpose)
    made = Consent(
        person_id=person.id, purpose=purpose, text_version=str(wording.version) if wording else text_version,
        text_id=wording.id if wording else None, given_by=given_by, guardian_name=guardian_name or None,
        relation=relation or None, channel=channel, given_on=given_on, proof=proof or None, witness=witness or None,
        document_id=document_id, recorded_by=actor.membership_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    audit.record(db, actor, "consented", "person", person.id, purpose=purpose, consent=str(made.id))
    return made.id


def withdraw_consent(db: Session, actor: Actor, person_id: UUID, *, purpose: str, withdrawn_on: date) -> None:
    """Withdraw every consent in force for a purpose. What was done before stays; nothing new may follow."""
    require(actor, Permission.PERSON_WRITE)
    person_id = persons.get(db, person_id).id
    if in_force(db, person_id, purpose, withdrawn_on) is None:
        raise Problem("ไม่มีความยินยอมเรื่องนี้ที่ยังมีผล", field="purpose")
    db.execute(
        update(Consent)
        .where(
            Consent.tenant_id == current().tenant_id, Consent.person_id == person_id, Consent.purpose == purpose,
            or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > withdrawn_on),
        )
        .values(withdrawn_on=withdrawn_on)
    )  # fmt: skip
    audit.record(db, actor, "withdrew", "person", person_id, purpose=purpose)
