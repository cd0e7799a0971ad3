"""What the object store holds, and for whom."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import BY_THEM, protection
from samoe.db.table import TenantTable, tenant_index

OF_A_CASE = (
    "(subject_type = 'enrolment' and exists"
    " (select 1 from enrolments e where e.tenant_id = documents.tenant_id and e.id = documents.subject_id))"
)
"""What was kept with a case that the reader sees."""


class Document(TenantTable):
    """A file. Its key in the store is made by us; the name it came with is shown, never used as a path."""

    __tablename__ = "documents"
    protect = protection(
        "tenant", fund="own",
        narrow=f"(purpose = 'import' or {BY_THEM.format(column='uploaded_by')}"
        f" or {OF_A_CASE})",
    )  # fmt: skip
    rules = (
        tenant_index("documents", "sha256"),
        tenant_index("documents", "subject_type", "subject_id"),
    )

    store_key: Mapped[str]
    file_name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    purpose: Mapped[str]
    subject_type: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    uploaded_by: Mapped[UUID | None]
    erased_at: Mapped[datetime | None]
    """Since when nobody gets it any more, because it told of somebody who was erased or its time was over."""
    removed_at: Mapped[datetime | None]
    """When its bytes left the store."""
