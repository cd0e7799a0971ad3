"""What is done about an enrolment: encounters, follow-ups, and who cares for it where."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class Encounter(CaseColumns, TenantTable):
    """A visit, a call, an attempt to find someone, a follow-up: what happened, when, and what was found."""

    __tablename__ = "encounters"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("encounters", "enrolment_id", "happened_on"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    happened_on: Mapped[date]
    outcome: Mapped[str]
    note: Mapped[str | None]
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    follow_up_id: Mapped[UUID | None]
    made_by: Mapped[UUID | None]


class FollowUp(CaseColumns, TenantTable):
    """A visit that is due: 1, 3, 6 or 12 months after a referral began, or as the group's stages say. Or a question
    that is to be asked until it is answered (``samoe.casework.path.questions``)."""

    __tablename__ = "follow_ups"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("referral_id", "referrals", ondelete="CASCADE"),
        tenant_fk("carried_from_id", "follow_ups"),
        CheckConstraint(one_of("state", "due", "done", "missed", "cancelled", "carried"), name="state"),
        tenant_index("follow_ups", "state", "due_on"),
        tenant_index(
            "follow_ups", "carried_from_id", unique=True, postgresql_where=text("carried_from_id is not null")
        ),
        tenant_index("follow_ups", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    referral_id: Mapped[UUID | None]
    kind: Mapped[str]
    """The kind of encounter that it asks for, as the manifest names it; or ``answer:`` and a question's slug."""
    month: Mapped[int | None] = mapped_column(SmallInteger)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default="due")
    done_on: Mapped[date | None]
    carried_from_id: Mapped[UUID | None]


class Transfer(CaseColumns, TenantTable):
    """A change of the area that cares for an enrolment (ย้ายพื้นที่ดูแล–รับโอน)."""

    __tablename__ = "transfers"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("transfers", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    from_area_code: Mapped[str | None]
    to_area_code: Mapped[str | None]
    happened_on: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[UUID | None]


class Assignment(CaseColumns, TenantTable):
    """A change of the worker who looks after an enrolment.

    ``given_to_id`` is the membership that got the case then; ``worker_id`` follows the enrolment, as everywhere.
    """

    __tablename__ = "assignments"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("assignments", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    given_to_id: Mapped[UUID | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    assigned_by: Mapped[UUID | None]
