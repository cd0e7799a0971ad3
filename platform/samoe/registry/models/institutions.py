"""Centres, schools and providers, who supervises them, and who is there."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import BulkReference, TenantTable, one_of, tenant_fk, tenant_index


class Institution(TenantTable):
    """A child development centre, school, training provider. ``name_key`` with the subdistrict tells it apart."""

    __tablename__ = "institutions"
    protect = protection("area", institution="id")
    rules = (
        tenant_index("institutions", "area_code", "kind", "name_key", unique=True),
        tenant_index("institutions", "sort_key", "id"),
        CheckConstraint(
            one_of("kind", "child_centre", "school", "learning_centre", "training_provider", "other"), name="kind"
        ),
    )

    kind: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str]
    sort_key: Mapped[str]
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    area_bit: Mapped[int] = mapped_column(BigInteger)
    import_batch_id: Mapped[UUID | None]
    closed_on: Mapped[date | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class InstitutionSupervision(TenantTable):
    """The local administrative organisation that supervises an institution, from and to a date."""

    __tablename__ = "institution_supervisions"
    protect = protection("area")
    rules = (
        tenant_fk("institution_id", "institutions", ondelete="CASCADE"),
        tenant_index("institution_supervisions", "institution_id"),
    )

    institution_id: Mapped[UUID]
    agency_name: Mapped[str]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    import_batch_id: Mapped[UUID | None]


class Placement(TenantTable):
    """A person in an institution, from and to a date; the reason tells why it began or ended."""

    __tablename__ = "placements"
    protect = protection("person", person="person_id")
    rules = (
        BulkReference("person_id", "persons", ondelete="CASCADE"),
        BulkReference("institution_id", "institutions"),
        tenant_index("placements", "person_id", "institution_id"),
    )

    person_id: Mapped[UUID]
    institution_id: Mapped[UUID]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    reason: Mapped[str | None]
    import_batch_id: Mapped[UUID | None]
