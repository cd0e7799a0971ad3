"""Who somebody is, and how one reaches them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from samoe.db.protection import protection
from samoe.db.table import BulkReference, TenantTable, one_of, tenant_fk, tenant_index


class Person(TenantTable):
    """A child, young person or guardian. Seen through ``person_access`` by members with a narrowed scope.

    ``search_name`` is the normalised name (kit.thai) that searching and duplicate checks compare; ``sort_key`` is
    its dictionary-order key. ``birth_precision`` tells how much of the date is known.
    """

    __tablename__ = "persons"
    protect = protection("person")
    rules = (
        BulkReference("area_code", "areas"),
        tenant_index("persons", "sort_key", "id"),
        CheckConstraint(one_of("birth_precision", "day", "month", "year", "unknown"), name="birth_precision"),
    )

    title: Mapped[str | None]
    first_name: Mapped[str]
    last_name: Mapped[str] = mapped_column(server_default="")
    search_name: Mapped[str]
    sort_key: Mapped[str]
    sex: Mapped[str | None]
    birth_date: Mapped[date | None]
    birth_precision: Mapped[str] = mapped_column(server_default="unknown")
    area_code: Mapped[str | None]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    house_no: Mapped[str | None]
    moo: Mapped[str | None]
    phones: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    guardian_name: Mapped[str | None]
    merged_into_id: Mapped[UUID | None]
    import_batch_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
    erased_at: Mapped[datetime | None]
    """Since when the record says nothing of anybody any more and only holds together what is counted and booked."""


class PersonIdentifier(TenantTable):
    """A national ID, G-code or passport a person has or had. One live holder of a value in a tenant, which is why
    members with a part of it only claim numbers (``samoe.registry.claims``)."""

    __tablename__ = "person_identifiers"
    protect = protection("person", person="person_id", whole_writes=True)
    rules = (
        BulkReference("person_id", "persons", ondelete="CASCADE"),
        tenant_index("person_identifiers", "kind", "value", unique=True, postgresql_where=text("valid_to is null")),
        tenant_index("person_identifiers", "person_id"),
        CheckConstraint(one_of("kind", "national_id", "g_code", "passport"), name="kind"),
    )

    person_id: Mapped[UUID]
    kind: Mapped[str]
    value: Mapped[str]
    checksum_ok: Mapped[bool] = mapped_column(server_default=text("true"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class PersonAccess(TenantTable):
    """Through which district, group, institution and worker a person may be reached; ``id`` is the enrolment's.

    Nobody writes it: triggers keep it equal to the enrolments of persons, and take its rows away with them.
    """

    __tablename__ = "person_access"
    protect = protection("case", history=False)
    rules = (tenant_index("person_access", "person_id", "area_bit", "group_bit"),)

    person_id: Mapped[UUID]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    group_bit: Mapped[int] = mapped_column(BigInteger)
    institution_id: Mapped[UUID | None]
    worker_id: Mapped[UUID | None]


class DuplicateCandidate(TenantTable):
    """Two persons who may be one, until somebody decides. Whoever cannot reach both does not see the pair."""

    __tablename__ = "duplicate_candidates"
    protect = protection("person", person="person_id", other_person="other_person_id")
    rules = (
        tenant_fk("person_id", "persons", ondelete="CASCADE"),
        CheckConstraint(one_of("state", "open", "same", "different"), name="state"),
        CheckConstraint("state = 'open' or decided_reason is not null", name="reasoned"),
        tenant_index("duplicate_candidates", "state", "id"),
    )

    person_id: Mapped[UUID]
    other_person_id: Mapped[UUID | None]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="open")
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decided_reason: Mapped[str | None]
    import_batch_id: Mapped[UUID | None]
