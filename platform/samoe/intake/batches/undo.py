"""Undo: every row that a commit wrote goes, every row that it changed is again what it was.

Rows that others have worked on since are kept and counted: a child who was screened, visited or paid after the
import stays, with what was done. Which tables count as "worked on" is read from the foreign keys of the schema, so
that a new room is respected without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from samoe.db.table import Base

TENANT = "nullif(current_setting('app.tenant', true), '')::smallint"
FOLLOW = {"person_access"}
"""Tables that keep themselves in step with an enrolment, by trigger: no one's work."""
CREATED = ("data_submissions", "duplicate_candidates", "placements", "institution_supervisions")
CHANGED = ("data_submissions", "enrolments", "persons")


def undo(db: Session, batch_id: UUID) -> dict[str, int]:
    """Take a committed batch back. Returns how many rows of which table went, were restored, or were kept."""
    values = {"batch": batch_id}
    counts: dict[str, int] = {}

    def run(name: str, statement: str) -> None:
        done = db.execute(text(statement), values)
        counts[name] = counts.get(name, 0) + int(done.rowcount)  # type: ignore[attr-defined]

    for table in CHANGED:
        run(f"{table}.restored", _restore(table))
    run("enrolments.kept", _keep())
    for table in CREATED:
        run(f"{table}.removed", _remove(table))
    run(
        "person_identifiers.removed",
        f"delete from person_identifiers i using import_rows r where i.tenant_id = {TENANT}"  # noqa: S608
        " and r.tenant_id = i.tenant_id and r.batch_id = :batch and r.id = i.id"
        " and not exists (select 1 from kept k where k.person_id = i.person_id)",
    )
    run(
        "enrolments.removed",
        f"delete from enrolments e where e.tenant_id = {TENANT} and e.import_batch_id = :batch"  # noqa: S608
        " and not exists (select 1 from kept k where k.id = e.id)",
    )
    for table in ("persons", "institutions"):
        run(f"{table}.removed", _remove_unreferenced(table))
    db.execute(text("drop table kept"))
    return counts


def _columns(table: str) -> list[str]:
    return [c.name for c in Base.metadata.tables[table].columns if c.name not in {"tenant_id", "id"}]


def _restore(table: str) -> str:
    """Put back what the row was, unless someone has changed it since the commit."""
    sets = ", ".join(f'"{name}" = b."{name}"' for name in _columns(table))
    return (
        f"update {table} t set {sets} from (select (jsonb_populate_record(null::{table}, c.before)).*"  # noqa: S608
        f" from import_changes c where c.tenant_id = {TENANT} and c.batch_id = :batch"
        f" and c.table_name = '{table}' and c.operation = 'update') b"
        f" where t.tenant_id = {TENANT} and t.id = b.id and t.row_version = b.row_version + 1"
    )


def _remove(table: str) -> str:
    kept = " and not exists (select 1 from kept k where k.person_id = t.person_id)" if table == "placements" else ""
    return f"delete from {table} t where t.tenant_id = {TENANT} and t.import_batch_id = :batch{kept}"  # noqa: S608


def _references(table: str) -> Iterator[tuple[Table, str]]:
    """Every table and column that points at a row of this one."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table.name == table and len(key.column_keys) == 2 and other.name not in FOLLOW:
                yield other, key.column_keys[1]


def _keep() -> str:
    """The enrolments of the batch that others have worked on since, into a table of this transaction."""
    used = [
        f"exists (select 1 from {other.name} x where x.tenant_id = e.tenant_id and x.{column} = e.id)"  # noqa: S608
        for other, column in _references("enrolments")
    ]
    return (
        "create temporary table kept on commit drop as select e.id, e.person_id, e.subject_institution_id"  # noqa: S608
        f" from enrolments e where e.tenant_id = {TENANT} and e.import_batch_id = :batch"
        f" and (e.row_version > 1 or {' or '.join(used)})"
    )


def _remove_unreferenced(table: str) -> str:
    free = [
        f"not exists (select 1 from {other.name} x where x.tenant_id = t.tenant_id and x.{column} = t.id)"  # noqa: S608
        for other, column in _references(table)
    ]
    changed = " and t.row_version = 1"
    return (
        f"delete from {table} t where t.tenant_id = {TENANT} and t.import_batch_id = :batch{changed}"  # noqa: S608
        f" and {' and '.join(free)}"
    )
