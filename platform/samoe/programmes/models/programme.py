"""The programme of a province and who leads it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable


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
