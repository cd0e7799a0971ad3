"""Changing one row that more than one person may have open."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from samoe.db.table import TenantTable
from samoe.kit.problem import Conflict
from samoe.tenancy.scope import current

CHANGED_MEANWHILE = "มีผู้แก้รายการนี้ก่อนคุณบันทึก เปิดหน้านี้ใหม่เพื่อดูค่าล่าสุด แล้วแก้อีกครั้ง"


def change(db: Session, table: type[TenantTable], row_id: UUID, seen: int, **values: Any) -> None:
    """Write ``values`` if the row still is in the version that the person saw; ``Conflict`` if it is not.

    Rows of the session that were loaded before are refreshed on their next use.
    """
    statement = (
        update(table)
        .where(table.tenant_id == current().tenant_id, table.id == row_id, table.row_version == seen)  # type: ignore[attr-defined]
        .values(row_version=seen + 1, **values)
        .execution_options(synchronize_session="fetch")
    )
    done = cast("CursorResult[Any]", db.execute(statement))
    if done.rowcount != 1:
        raise Conflict(CHANGED_MEANWHILE)
