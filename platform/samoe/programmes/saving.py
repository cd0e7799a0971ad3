"""Adding a row, or changing what differs in one, with its line in the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.table import TenantTable
from samoe.identity import Actor
from samoe.tenancy.rows import change


def add(db: Session, actor: Actor, subject: str, row: TenantTable) -> UUID:
    """Add a row and say so; its id."""
    db.add(row)
    db.flush()
    audit.record(db, actor, "added", subject, row.id)
    return row.id


def revise(
    db: Session, actor: Actor, subject: str, row: TenantTable, seen: int | None, values: Mapping[str, Any]
) -> list[str]:
    """Write what differs from the row and say which fields those are; nothing is written where nothing differs.

    ``seen`` is the version that the person had open; None takes the row as it is now. ``Conflict`` if somebody
    else changed it since.
    """
    changed = {key: value for key, value in values.items() if getattr(row, key) != value}
    if changed:
        version: int = row.row_version if seen is None else seen  # type: ignore[attr-defined]
        change(db, type(row), row.id, version, **changed)
        audit.record(db, actor, "changed", subject, row.id, fields=sorted(changed))
    return sorted(changed)
