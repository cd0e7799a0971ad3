"""Who lives together, and what was agreed to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class Household(TenantTable):
    __tablename__ = "households"
    protect = protection("area")
    rules = ()

    area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    area_bit: Mapped[int] = mapped_column(BigInteger)
    house_no: Mapped[str | None]
    moo: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class HouseholdMember(TenantTable):
    __tablename__ = "household_members"
    protect = protection("person", person="person_id")
    rules = (
        tenant_fk("household_id", "households", ondelete="CASCADE"),
        tenant_fk("person_id", "persons", ondelete="CASCADE"),
        tenant_index("household_members", "person_id"),
    )

    household_id: Mapped[UUID]
    person_id: Mapped[UUID]
    relation: Mapped[str | None]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class Consent(TenantTable):
    """What a person or their guardian agreed to, in which words, and until when."""

    __tablename__ = "consents"
    protect = protection("person", person="person_id")
    rules = (
        tenant_fk("person_id", "persons", ondelete="CASCADE"),
        tenant_index("consents", "person_id", "purpose"),
        CheckConstraint(one_of("given_by", "self", "guardian", "both"), name="given_by"),
        tenant_fk("text_id", "consent_texts"),
        tenant_fk("document_id", "documents"),
    )

    person_id: Mapped[UUID]
    purpose: Mapped[str]
    text_version: Mapped[str]
    given_by: Mapped[str]
    guardian_name: Mapped[str | None]
    relation: Mapped[str | None]
    channel: Mapped[str]
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    document_id: Mapped[UUID | None]
    text_id: Mapped[UUID | None]
    """The published wording that was agreed to; none where it is from before wordings were published here."""
    proof: Mapped[str | None]
    """How a guardian showed that the child is in their care."""
    witness: Mapped[str | None]
    recorded_by: Mapped[UUID | None]


class ConsentText(TenantTable):
    """A wording that people agree to, or a notice. Once published it stands as it is; a change is a new version."""

    __tablename__ = "consent_texts"
    protect = protection("tenant")
    rules = (
        tenant_index("consent_texts", "purpose", "version", unique=True),
        CheckConstraint("version > 0", name="version"),
    )

    purpose: Mapped[str]
    version: Mapped[int]
    body_th: Mapped[str]
    body_en: Mapped[str] = mapped_column(server_default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
