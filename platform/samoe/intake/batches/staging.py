"""Judged rows into the table ``incoming`` of this transaction, and, once they are compared, into ``import_rows``.

COPY cannot write to a table under row-level security, and must not be given a role that bypasses it
(docs/decisions/0008-imports-stage-first.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.intake.batches.columns import ROW, SUBJECT, columns_of, further_answers
from samoe.intake.judging.judged import JudgedSheet

_COPY = f"copy incoming (sheet_no, sheet, {', '.join((*ROW, *SUBJECT))}) from stdin"
_KEPT = ", ".join((*(name for name in ROW if name != "id"), *SUBJECT))
_AS_READ = _KEPT.replace("answers", "answers || coalesce(finding, '{}')")
_MOVE = text(f"""
insert into import_rows (id, batch_id, sheet_no, sheet, resolution, {_KEPT}, person_id, enrolment_id)
select id, :batch, sheet_no, sheet, nullif(resolution, ''), {_AS_READ},
  case when effect is not null and search_name is not null then coalesce(person_id, id) end,
  case when effect is not null then coalesce(enrolment_id, id) end
from incoming
""")  # noqa: S608 - names of our own columns
_DECIDED = text("""
update incoming t set resolution = r.resolution from import_rows r
where r.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and r.batch_id = :batch
  and r.sheet_no = t.sheet_no and r.row_no = t.row_no and r.resolution is not null
  and r.class = t.class and r.extra is not distinct from t.extra
""")
_EMPTY = text("delete from import_rows where batch_id = :batch")
_GATHER = text(f"""
insert into incoming (id, sheet_no, row_no, resolution, effect, {", ".join(SUBJECT)},
  staged_effect, staged_person, staged_institution, staged_enrolment)
select id, sheet_no, row_no, coalesce(resolution, ''), 'create', {", ".join(SUBJECT)},
  effect, person_id, institution_id, enrolment_id
from import_rows
where tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and batch_id = :batch
  and answers is not null
  and (class in ('ok', 'warning') or (class = 'possible_duplicate' and resolution in ('new', 'same')))
""")  # noqa: S608 - as above


def bring(db: Session, sheets: Sequence[JudgedSheet]) -> int:
    """Put judged rows into ``incoming``; returns how many there are."""
    further = further_answers(sheets)
    institutions: dict[tuple[Any, Any], str] = {}
    count = 0
    cursor: Any = db.connection().connection.cursor()
    with cursor.copy(_COPY) as copy:
        for number, sheet in enumerate(sheets):
            for row in zip(*columns_of(sheet, further, institutions), strict=True):
                copy.write_row((number, sheet.name, *row))
            count += len(sheet)
    cursor.close()
    return count


def recall(db: Session, batch_id: UUID) -> None:
    """Let what people decided of a row before still hold, where the row is as doubtful as it was, for the same row."""
    db.execute(_DECIDED, {"batch": batch_id})


def keep(db: Session, batch_id: UUID) -> None:
    """Make what is in ``incoming`` the staged rows of a batch, in place of those it had."""
    db.execute(_EMPTY, {"batch": batch_id})
    db.execute(_MOVE, {"batch": batch_id})


def gather(db: Session, batch_id: UUID) -> None:
    """Put the staged rows that are to be imported back into ``incoming``."""
    db.execute(_GATHER, {"batch": batch_id})
