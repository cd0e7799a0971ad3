"""What somebody is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, tenant_index


class Notice(TenantTable):
    """One thing that happened, for one account in one tenant. Others write it; only its account reads it.

    ``kind`` names a sentence (``samoe.admin.notices.words``); ``params`` are counts and numbers of papers, never
    persons: a notice outlives the right to see who it is about.
    """

    __tablename__ = "notices"
    protect = protection("tenant", history=False, recipient="account_id", fund="append")
    rules = (
        tenant_index("notices", "account_id", "id"),
        tenant_index("notices", "account_id", "read_at", postgresql_where=text("read_at is null")),
    )

    account_id: Mapped[UUID]
    kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    params: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    read_at: Mapped[datetime | None]
