"""Sending a person on to somebody who can help."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class Referral(CaseColumns, TenantTable):
    """Sending a person on to somebody who can help: sent, accepted or rejected, done or revoked.

    ``carried`` closes a referral that was still open when its phase closed; its copy in the next phase names it
    in ``carried_from_id``.
    """

    __tablename__ = "referrals"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("to_institution_id", "institutions"),
        tenant_fk("to_partner_id", "partner_orgs"),
        tenant_fk("carried_from_id", "referrals"),
        CheckConstraint(one_of("state", "sent", "accepted", "rejected", "done", "revoked", "carried"), name="state"),
        tenant_index("referrals", "enrolment_id"),
        tenant_index("referrals", "state", "sent_on"),
        tenant_index("referrals", "carried_from_id", unique=True, postgresql_where=text("carried_from_id is not null")),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    to_institution_id: Mapped[UUID | None]
    to_partner_id: Mapped[UUID | None]
    to_name: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="sent")
    sent_on: Mapped[date]
    answered_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    consent_id: Mapped[UUID | None]
    notice_given: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether the officer confirmed the notice that the law asks for at this age (employer to inspector)."""
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    sent_by: Mapped[UUID | None]
    carried_from_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
