"""Two records of one person made one, and what is needed to make them two again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, tenant_fk, tenant_index


class PersonMerge(TenantTable):
    """``merged_id`` is since then the same as ``kept_id``, until ``parted_at``. A person is merged once at a time."""

    __tablename__ = "person_merges"
    protect = protection("person", person="kept_id")
    rules = (
        tenant_fk("kept_id", "persons"),
        tenant_fk("merged_id", "persons"),
        CheckConstraint("kept_id <> merged_id", name="two_records"),
        CheckConstraint("(parted_at is null) = (parted_reason is null)", name="parted"),
        tenant_index("person_merges", "kept_id"),
        tenant_index("person_merges", "merged_id", unique=True, postgresql_where=text("parted_at is null")),
    )

    kept_id: Mapped[UUID]
    merged_id: Mapped[UUID]
    candidate_id: Mapped[UUID | None]
    reason: Mapped[str]
    merged_by: Mapped[UUID | None]
    parted_at: Mapped[datetime | None]
    parted_by: Mapped[UUID | None]
    parted_reason: Mapped[str | None]


class PersonMergeMove(TenantTable):
    """A row that a merge changed: the columns as they were, and as the merge left them."""

    __tablename__ = "person_merge_moves"
    protect = protection("person", person="kept_id", append_only=True, history=False)
    rules = (
        tenant_fk("merge_id", "person_merges", ondelete="CASCADE"),
        tenant_index("person_merge_moves", "merge_id", "seq", unique=True),
    )

    merge_id: Mapped[UUID]
    kept_id: Mapped[UUID]
    seq: Mapped[int]
    table_name: Mapped[str]
    row_id: Mapped[UUID]
    was: Mapped[dict[str, Any]] = mapped_column(JSONB)
    became: Mapped[dict[str, Any]] = mapped_column(JSONB)
