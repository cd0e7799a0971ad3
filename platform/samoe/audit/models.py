"""The audit trail and the history of rows. Both only ever grow."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped

from samoe.db.protection import AS_IT_WAS, BY_THEM, protection
from samoe.db.table import TenantTable, tenant_fk, tenant_index


class AuditEvent(TenantTable):
    """One deed: who, in what role, did what to which thing, and why.

    Written blind: the fund adds to a province's trail and may not read it, so nothing is fetched back on insert.
    """

    __tablename__ = "audit_events"
    protect = protection("tenant", append_only=True, fund="append", narrow=BY_THEM.format(column="actor_id"))
    rules = (
        tenant_index("audit_events", "recorded_at"),
        tenant_index("audit_events", "subject_type", "subject_id"),
    )
    __mapper_args__ = {"eager_defaults": False}  # noqa: RUF012 - SQLAlchemy reads it off the class

    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    verb: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str | None]
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
    request_id: Mapped[str | None]


class AuditSeal(TenantTable):
    """One link of the chain: the hash over the link before it and the events that it was put on."""

    __tablename__ = "audit_seals"
    protect = protection("tenant", append_only=True, fund="own")
    rules = (tenant_index("audit_seals", "number", unique=True),)

    number: Mapped[int]
    before: Mapped[str]
    events: Mapped[int]
    hash: Mapped[str]


class SealedEvent(TenantTable):
    """Which seal an event is under; ``id`` is the event's own."""

    __tablename__ = "audit_sealed"
    protect = protection("tenant", append_only=True, fund="own")
    rules = (tenant_fk("id", "audit_events"), tenant_fk("seal_id", "audit_seals"))

    seal_id: Mapped[UUID]


class RowHistory(TenantTable):
    """What a row was before an update or a delete; written by the trigger function ``keep_history``."""

    __tablename__ = "row_history"
    protect = protection("tenant", append_only=True, fund="append", narrow=AS_IT_WAS)
    rules = (tenant_index("row_history", "table_name", "row_id"),)

    table_name: Mapped[str]
    row_id: Mapped[str | None]
    operation: Mapped[str]
    before: Mapped[dict[str, Any]]
    actor_id: Mapped[UUID | None]
