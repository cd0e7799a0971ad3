"""Moving a thing from one state to the next, once, whoever else tries at the same moment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from samoe.db.one_row import CHANGED_SINCE, one_row
from samoe.db.table import TenantTable
from samoe.kit.problem import NotFound
from samoe.tenancy import current

MOVED_ON = "รายการนี้เปลี่ยนสถานะไปแล้ว เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด"


def move(
    db: Session,
    table: type[TenantTable],
    row_id: UUID,
    status: Collection[str],
    to: str | None = None,
    *,
    seen: int | None = None,
    **values: Any,
) -> None:
    """Write ``values``, and the status ``to`` where one is given, if the row still has one of these statuses.

    ``seen`` is the version that the person had open. ``Conflict`` if somebody was first, ``NotFound`` if there is
    no such row here.
    """
    t: Any = table
    statement = (
        update(table)
        .where(t.tenant_id == current().tenant_id, t.id == row_id, t.status.in_(status))
        .values(row_version=t.row_version + 1, **({"status": to} if to else {}), **values)
        .execution_options(synchronize_session=False)
    )
    if seen is not None:
        statement = statement.where(t.row_version == seen)
    result = db.execute(statement)
    if result.rowcount == 1:  # type: ignore[attr-defined]
        return
    found = db.execute(select(t.status).where(t.tenant_id == current().tenant_id, t.id == row_id)).scalar_one_or_none()
    if found is None:
        raise NotFound
    one_row(result, CHANGED_SINCE if found in status else MOVED_ON)
