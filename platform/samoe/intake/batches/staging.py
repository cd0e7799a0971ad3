"""Judged rows into ``import_rows``: COPY to a table of this transaction, then one INSERT … SELECT.

COPY cannot write to a table under row-level security, and must not be given a role that bypasses it
(docs/decisions/0008-imports-stage-first.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.intake.batches.staged import StagedRow

_TEMPORARY = text(
    "create temporary table staging_rows (id uuid, sheet_no int, sheet text, row_no int, class text,"
    " reasons text[], typed jsonb, clean jsonb, extra jsonb) on commit drop"
)
_COPY = "copy staging_rows (id, sheet_no, sheet, row_no, class, reasons, typed, clean, extra) from stdin"
_MOVE = text(
    "insert into import_rows (id, batch_id, sheet_no, sheet, row_no, class, reasons, typed, clean, extra)"
    " select id, :batch, sheet_no, sheet, row_no, class, reasons, typed, clean, extra from staging_rows"
)
_EMPTY = text("delete from import_rows where batch_id = :batch")


def stage(db: Session, batch_id: UUID, rows: Iterable[StagedRow]) -> int:
    """Replace the staged rows of a batch; returns how many there are."""
    db.execute(_EMPTY, {"batch": batch_id})
    db.execute(_TEMPORARY)
    count = 0
    cursor: Any = db.connection().connection.cursor()
    with cursor.copy(_COPY) as copy:
        for row in rows:
            copy.write_row(_values(row))
            count += 1
    cursor.close()
    db.execute(_MOVE, {"batch": batch_id})
    db.execute(text("drop table staging_rows"))
    return count


def _values(row: StagedRow) -> tuple[Any, ...]:
    clean = row.clean()
    return (
        new_id(), row.sheet_no, row.sheet, row.row_no, row.judged_as, list(row.reasons),
        _json(row.typed), None if clean is None else _json(clean), None if row.extra is None else _json(row.extra),
    )  # fmt: skip


def _json(value: object) -> str:
    # PostgreSQL's jsonb has no NUL character; a cell that holds one holds nothing readable there.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str).replace("\\u0000", "")
