"""What a province knows of its rehearsals. The rehearsal itself is a tenant of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_index

STATES = ("waiting", "running", "done", "thrown_away")


class Rehearsal(TenantTable):
    """One rehearsal of the province: what was asked for, how far it is, and what it came to.

    ``number`` is the tenant in which it happens; it stays here when that tenant is gone. ``steps`` are the parts of the
    phase in order, each with its state, a sentence where it broke, and what it came to. A province has one at a time.
    """

    __tablename__ = "rehearsals"
    protect = protection("tenant", history=False, whole_writes=True)
    rules = (
        Index("uq_rehearsals_live", "tenant_id", unique=True, postgresql_where=text("state <> 'thrown_away'")),
        tenant_index("rehearsals", "number"),
        CheckConstraint(one_of("state", *STATES), name="state"),
        CheckConstraint("number between 1000 and 9999", name="number"),
        CheckConstraint("(state = 'thrown_away') = (thrown_away_at is not null)", name="thrown_away"),
    )

    number: Mapped[int] = mapped_column(SmallInteger)
    phase_number: Mapped[int] = mapped_column(SmallInteger)
    per_group: Mapped[int] = mapped_column(SmallInteger)
    seed: Mapped[int]
    with_drafts: Mapped[bool]
    state: Mapped[str] = mapped_column(server_default="waiting")
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    outcome: Mapped[dict[str, Any] | None]
    started_by: Mapped[UUID | None]
    finished_at: Mapped[datetime | None]
    expires_on: Mapped[date]
    thrown_away_at: Mapped[datetime | None]
