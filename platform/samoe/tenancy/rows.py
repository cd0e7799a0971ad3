"""Changing one row that more than one person may have open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from samoe.db.one_row import one_row
from samoe.db.table import TenantTable
from samoe.tenancy.scope import current


def change(db: Session, table: type[TenantTable], row_id: UUID, seen: int, **values: Any) -> None:
    """Write ``values`` if the row still is in the version that the person saw; ``Conflict`` if it is not.

    Rows of the session that were loaded before are refreshed on their next use.
    """
    one_row(
        db.execute(
            update(table)
            .where(table.tenant_id == current().tenant_id, table.id == row_id, table.row_version == seen)  # type: ignore[attr-defined]
            .values(row_version=seen + 1, **values)
            .execution_options(synchronize_session="fetch")
        )
    )
