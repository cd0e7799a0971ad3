"""Partners, committees, their seats, and what they resolved."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from samoe.db.protection import protection
from samoe.db.table import TenantTable, tenant_fk, tenant_index


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
    rules = (
        tenant_fk("document_id", "documents"),
        tenant_index("committees", "name_th", unique=True),
    )

    name_th: Mapped[str]
    name_en: Mapped[str]
    appointed_by_th: Mapped[str | None]
    appointed_by_en: Mapped[str | None]
    announced_on: Mapped[date | None]
    document_id: Mapped[UUID | None]
    """The announcement or order that appointed it."""
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
