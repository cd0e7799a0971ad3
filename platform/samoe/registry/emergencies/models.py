"""Who outside the province opened whose record, why, until when, and what the province says of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import NOBODY, protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index

MINUTES = 60
LEAST_REASON = 20
"""Signs. Less says nothing to whoever looks at it afterwards."""


class EmergencyOpening(TenantTable):
    """One record of the province, open to one member of the fund for at most an hour.

    Made, read through and closed by functions of the database only (0018_emergencies.sql), which note each of these
    in the province's trail by themselves; the province adds its verdict. Nothing else about it can change.
    """

    __tablename__ = "emergency_openings"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("person_id", "persons"),
        CheckConstraint(f"length(reason) >= {LEAST_REASON}", name="reason"),
        CheckConstraint(f"until_at > opened_at and until_at <= opened_at + interval '{MINUTES} minutes'", name="until"),
        CheckConstraint(one_of("verdict", "proper", "improper"), name="verdict"),
        CheckConstraint("num_nulls(verdict, reviewed_by, reviewed_at) in (0, 3)", name="reviewed"),
        CheckConstraint("verdict <> 'improper' or review_note is not null", name="said_why"),
        CheckConstraint("reviewed_by <> opened_by", name="another_reviews"),
        tenant_index("emergency_openings", "opened_at"),
        tenant_index("emergency_openings", "id", postgresql_where=text("verdict is null")),
    )

    person_id: Mapped[UUID]
    member_id: Mapped[UUID]
    """The membership in the fund under which it was opened."""
    opened_by: Mapped[UUID]
    opened_name: Mapped[str]
    opened_role: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    until_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    times_read: Mapped[int] = mapped_column(server_default=text("0"))
    verdict: Mapped[str | None]
    review_note: Mapped[str | None]
    reviewed_by: Mapped[UUID | None]
    reviewed_at: Mapped[datetime | None]
