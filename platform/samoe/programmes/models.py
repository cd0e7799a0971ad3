"""A province's programme: its phases, agreements, areas in scope, targets, partners and committees."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index


class Programme(TenantTable):
    __tablename__ = "programmes"
    protect = protection("tenant", fund="read")
    rules = ()

    name_th: Mapped[str]
    name_en: Mapped[str]
    since_year: Mapped[int | None]
    """The C.E. year in which the programme began in the province."""
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class LeadOrganisation(TenantTable):
    """Who answers for the programme, from and to a date: it can change between phases."""

    __tablename__ = "lead_organisations"
    protect = protection("tenant", fund="read")
    rules = (CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="dates"),)

    name_th: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Phase(TenantTable):
    """ระยะ. What is open at its close is carried into the phase that names it as predecessor."""

    __tablename__ = "phases"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("programme_id", "programmes"),
        tenant_fk("predecessor_id", "phases"),
        tenant_index("phases", "number", unique=True),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    programme_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    predecessor_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    dates_confirmed: Mapped[bool] = mapped_column(server_default=text("true"))
    """False while the dates are those of the round, and nobody of the province has confirmed them."""
    closed_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Agreement(TenantTable):
    """The memorandum of a phase with the fund; the parent of requests."""

    __tablename__ = "agreements"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index("agreements", "number", unique=True),
        CheckConstraint("amount is null or amount >= 0", name="amount"),
    )

    phase_id: Mapped[UUID]
    number: Mapped[str | None]
    """None where the paper is known to be signed, and its number not yet."""
    signed_on: Mapped[date | None]
    amount: Mapped[Satang | None]
    signatories: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    deliverables: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    document_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PhaseGroup(TenantTable):
    """A target group in a phase: what its register is, and in which districts it works.

    ``register`` is ``population`` (everyone) or ``target_list`` (those we set out to reach); the two are never
    added or divided by one another. ``source`` tells whether the file of the group is a ``list`` of names still to
    be looked for or a ``survey`` of people already met. NULL ``district_codes`` is the whole province.
    """

    __tablename__ = "phase_groups"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index("phase_groups", "phase_id", "group_slug", unique=True),
        CheckConstraint(one_of("register", "population", "target_list"), name="register"),
        CheckConstraint(one_of("source", "list", "survey"), name="source"),
    )

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    register: Mapped[str]
    source: Mapped[str]
    district_codes: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Benefit(TenantTable):
    """What a group's members may receive in a phase: flat per head, or a range per institution.

    ``purpose`` is what "one live entitlement per person, phase and purpose" goes by.
    """

    __tablename__ = "benefits"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index("benefits", "phase_id", "group_slug", "slug", unique=True),
        CheckConstraint(one_of("kind", "flat", "range", "in_kind"), name="kind"),
        CheckConstraint("min_amount >= 0 and max_amount >= min_amount", name="amounts"),
    )

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    slug: Mapped[str]
    kind: Mapped[str]
    purpose: Mapped[str]
    stackable: Mapped[bool] = mapped_column(server_default=text("false"))
    min_amount: Mapped[Satang]
    max_amount: Mapped[Satang]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Target(TenantTable):
    """How many a phase sets out to reach: one number (both bounds equal) or a range; per district or for all."""

    __tablename__ = "targets"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index(
            "targets", "phase_id", "group_slug", "measure", "district_code", "quarter", unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("min_count >= 0 and max_count >= min_count", name="counts"),
    )  # fmt: skip

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    measure: Mapped[str] = mapped_column(server_default="assisted")
    district_code: Mapped[str | None]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    min_count: Mapped[int]
    max_count: Mapped[int]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PartnerOrg(TenantTable):
    __tablename__ = "partner_orgs"
    protect = protection("tenant", fund="read")
    rules = (tenant_index("partner_orgs", "name_th", unique=True),)

    name_th: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    district_codes: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Committee(TenantTable):
    __tablename__ = "committees"
    protect = protection("tenant", fund="read")
    rules = (tenant_index("committees", "name_th", unique=True),)

    name_th: Mapped[str]
    name_en: Mapped[str]
    appointed_by_th: Mapped[str | None]
    appointed_by_en: Mapped[str | None]
    announced_on: Mapped[date | None]
    document_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Position(TenantTable):
    """A seat of a committee or of the programme; who holds it changes."""

    __tablename__ = "positions"
    protect = protection("tenant", fund="read")
    rules = (tenant_fk("committee_id", "committees", ondelete="CASCADE"),)

    committee_id: Mapped[UUID | None]
    title_th: Mapped[str]
    title_en: Mapped[str]
    organisation_th: Mapped[str | None]
    organisation_en: Mapped[str | None]
    rank: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PositionHolder(TenantTable):
    __tablename__ = "position_holders"
    protect = protection("tenant")
    rules = (tenant_fk("position_id", "positions", ondelete="CASCADE"),)

    position_id: Mapped[UUID]
    name: Mapped[str]
    acting: Mapped[bool] = mapped_column(server_default=text("false"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]


class Delegation(TenantTable):
    """Power to act for another position, in writing, for a time (ปฏิบัติราชการแทน)."""

    __tablename__ = "delegations"
    protect = protection("tenant")
    rules = (tenant_fk("position_id", "positions"),)

    position_id: Mapped[UUID]
    to_membership_id: Mapped[UUID]
    powers: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date]
    document_id: Mapped[UUID | None]


class Resolution(TenantTable):
    """A decision of a meeting (มติ): meeting, number of the meeting, date and what was decided."""

    __tablename__ = "resolutions"
    protect = protection("tenant")
    rules = (tenant_fk("committee_id", "committees"),)

    committee_id: Mapped[UUID | None]
    body: Mapped[str]
    meeting_no: Mapped[str]
    held_on: Mapped[date]
    decision: Mapped[str]
    document_id: Mapped[UUID | None]
