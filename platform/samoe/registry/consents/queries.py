"""Which consents are in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from samoe.registry.models import Consent, Person
from samoe.tenancy import current

PURPOSES: Mapping[str, str] = {
    "register": "เก็บข้อมูลในทะเบียนเพื่อช่วยเหลือ", "referral": "ส่งข้อมูลให้หน่วยรับส่งต่อ",
    "health": "ใช้ข้อมูลสุขภาพและความพิการ",
}  # fmt: skip
"""One purpose, one consent. Words in Thai; the page translates them."""


OF_AGE = 20
"""From this age on a person consents for themselves: what a guardian alone gave is to be asked for anew."""


def in_force(db: Session, person_id: UUID, purpose: str, day: date) -> Consent | None:
    """The consent for a purpose that holds on a day, the latest if there are several. What leaves asks here.

    A guardian's consent holds until the child comes of age.
    """
    grown_since = day.replace(year=day.year - OF_AGE, day=28 if (day.month, day.day) == (2, 29) else day.day)
    return db.scalars(
        select(Consent)
        .join(Person, and_(Person.tenant_id == Consent.tenant_id, Person.id == Consent.person_id))
        .where(
            Consent.tenant_id == current().tenant_id, Consent.person_id == person_id, Consent.purpose == purpose,
            Consent.given_on <= day, or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > day),
            or_(Consent.given_by != "guardian", Person.birth_date.is_(None), Person.birth_date > grown_since),
        )
        .order_by(Consent.given_on.desc(), Consent.id.desc())
    ).first()  # fmt: skip


def consents_of(db: Session, person_id: UUID) -> list[Consent]:
    """Every consent of a person, the latest first."""
    return list(
        db.scalars(
            select(Consent)
            .where(Consent.tenant_id == current().tenant_id, Consent.person_id == person_id)
            .order_by(Consent.given_on.desc(), Consent.id.desc())
        )
    )
