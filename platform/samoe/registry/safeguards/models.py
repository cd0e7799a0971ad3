"""The papers without which no record of a single person leaves a province for the fund."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from samoe.db.protection import NOBODY, protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index

KINDS = ("impact_assessment", "sharing_agreement", "basis_of_province", "basis_of_fund")
"""The assessment of the impact, the agreement on sharing, and of each controller the legal basis on which it acts."""


class Safeguard(TenantTable):
    """One paper on file. What it says never changes: a new one takes its place, or it is withdrawn with a reason.

    In force from ``signed_on`` to ``valid_until`` (that day included) or without an end. Whether all are there is
    answered by the database, for its own guard as for pages: ``missing_safeguards`` (0018_emergencies.sql).
    """

    __tablename__ = "safeguards"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("document_id", "documents"),
        CheckConstraint(one_of("kind", *KINDS), name="kind"),
        CheckConstraint("valid_until is null or valid_until >= signed_on", name="dates"),
        CheckConstraint("(kind in ('basis_of_province', 'basis_of_fund')) = (basis is not null)", name="basis"),
        CheckConstraint("num_nulls(withdrawn_at, withdrawn_by, withdrawn_reason) in (0, 3)", name="withdrawn"),
        tenant_index("safeguards", "kind"),
    )

    kind: Mapped[str]
    title: Mapped[str]
    basis: Mapped[str | None]
    """The ground in law that a controller names, in its own words with the section."""
    document_id: Mapped[UUID]
    signed_on: Mapped[date]
    valid_until: Mapped[date | None]
    recorded_by: Mapped[UUID]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_reason: Mapped[str | None]
