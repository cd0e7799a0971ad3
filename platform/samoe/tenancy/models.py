"""Tenants and areas. Both are global: they name no person and every tenant needs the area codes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import Base, new_id, one_of


class Tenant(Base):
    """A province's programme, the fund, or a rehearsal. ``id`` is the province code (two digits), 1 for the fund, or
    from 1000 on for what is made up (``samoe.db.protection``)."""

    __tablename__ = "tenants"
    __table_args__ = (
        CheckConstraint(one_of("kind", "province", "fund", "rehearsal"), name="kind"),
        CheckConstraint("(kind = 'rehearsal') = (id >= 1000)", name="rehearsal"),
        {"info": protection("global", fund="read")},
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    public_id: Mapped[UUID] = mapped_column(default=new_id, unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name_th: Mapped[str]
    name_en: Mapped[str]
    province_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    place: Mapped[int | None] = mapped_column(SmallInteger)
    """The place in the fund's own list of provinces, which is no ranking."""
    configured: Mapped[bool] = mapped_column(server_default=text("false"))
    applied: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    """What the tenant's file said when it was last applied, so that only what the file changes is written again."""
    opened_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class Area(Base):
    """A province (2 digits), district (4) or subdistrict (6) by its code of the Department of Provincial
    Administration. Codes are text: some begin with 0 elsewhere, and none is a number. Source: GeoThai, CC BY 4.0."""

    __tablename__ = "areas"
    __table_args__ = (
        CheckConstraint(one_of("kind", "province", "district", "subdistrict"), name="kind"),
        Index("ix_areas_parent_code", "parent_code"),
        {"info": protection("global", fund="read")},
    )

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name_th: Mapped[str]
    name_en: Mapped[str]
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


def area_bit(code: str | None) -> int:
    """The bit of the district in which an area lies; bit 0 for no district, or for a whole province."""
    return 1 << (int(code[2:4]) if code and len(code) >= 4 else 0)


def area_mask(district_codes: list[str]) -> int:
    """The mask of a set of districts of one province. No districts is no area: 0."""
    mask = 0
    for code in district_codes:
        mask |= area_bit(code)
    return mask
