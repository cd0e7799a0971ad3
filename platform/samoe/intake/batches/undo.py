"""Undo: every row that a commit wrote goes, every row that it changed is again what it was.

Rows that others have worked on since are kept and counted: a child who was screened, visited or paid after the
import stays, with what was done. Which tables count as "worked on" is read from the foreign keys of the schema, so
that a new room is respected without being named here.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from samoe.db.models import metadata, references_to
from samoe.db.table import CURRENT_TENANT
from samoe.intake.models import ImportRow
from samoe.registry.models import PersonMerge
from samoe.tenancy import current

CREATED = ("data_submissions", "duplicate_candidates", "placements", "institution_supervisions")
OWN_ID = {"enrolments", "person_identifiers", "persons", "placements"}
"""Tables whose created rows have the id of the staged row that they came from."""
_REMOVE_ASSESSMENTS = f"""
delete from assessments t where t.tenant_id = {CURRENT_TENANT} and t.state = 'done' and t.id in (
  select c.row_id from import_changes c where c.tenant_id = {CURRENT_TENANT} and c.batch_id = :batch
    and c.table_name = 'assessments' and c.operation = 'insert')
  and not exists (select 1 from enrolments e where e.tenant_id = t.tenant_id and e.id = t.enrolment_id
    and e.answers -> t.field ->> 'assessment' = t.id::text)
"""  # noqa: S608 - an expression of our own
"""Assessments that came with the batch, but for those certified since, and those that are still some case's answer."""
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
    run("assessments.removed", _REMOVE_ASSESSMENTS)
    run("person_identifiers.removed", _remove("person_identifiers"))
    run("enrolments.removed", _remove("enrolments"))
    for table in ("persons", "institutions"):
        run(f"{table}.removed", _remove_unreferenced(table))
    db.execute(text("drop table kept"))
    return counts


def merged_since(db: Session, batch_id: UUID) -> int:
    """How many persons of the batch are merged with another record: what is theirs hangs on one that may stay."""
    m = PersonMerge
    of_batch = select(ImportRow.person_id).where(
        ImportRow.tenant_id == current().tenant_id, ImportRow.batch_id == batch_id, ImportRow.person_id.is_not(None)
    )
    counted = select(func.count()).where(
        m.tenant_id == current().tenant_id, m.parted_at.is_(None), m.kept_id.in_(of_batch) | m.merged_id.in_(of_batch)
    )
    return db.scalar(counted) or 0


def _columns(table: str) -> list[str]:
    return [c.name for c in metadata().tables[table].columns if c.name not in {"tenant_id", "id"}]


def _restore(table: str) -> str:
    """Put back what the row was, unless someone has changed it since the commit."""
    sets = ", ".join(f'"{name}" = b."{name}"' for name in _columns(table))
    return (
        f"update {table} t set {sets} from (select (jsonb_populate_record(null::{table}, c.before)).*"  # noqa: S608
        f" from import_changes c where c.tenant_id = {CURRENT_TENANT} and c.batch_id = :batch"
        f" and c.table_name = '{table}' and c.operation = 'update') b"
        f" where t.tenant_id = {CURRENT_TENANT} and t.id = b.id and t.row_version = b.row_version + 1"
    )


def _of_batch(table: str) -> str:
    """The condition for a row of a table, called t, to have been created by the batch."""
    if table in OWN_ID:
        staged = f"select r.id from import_rows r where r.tenant_id = {CURRENT_TENANT} and r.batch_id = :batch"  # noqa: S608
        return f"t.tenant_id = {CURRENT_TENANT} and t.id in ({staged})"
    return f"t.tenant_id = {CURRENT_TENANT} and t.import_batch_id = :batch"


def _remove(table: str) -> str:
    kept = {"placements": "person_id", "person_identifiers": "person_id", "enrolments": "id"}.get(table)
    free = f" and not exists (select 1 from kept k where k.{kept} = t.{kept})" if kept else ""  # noqa: S608
    return f"delete from {table} t where {_of_batch(table)}{free}"  # noqa: S608


def _keep() -> str:
    """The enrolments of the batch that others have worked on since, into a table of this transaction."""
    used = [
        f"exists (select 1 from {other.name} x where x.tenant_id = t.tenant_id and x.{column} = t.id)"  # noqa: S608
        for other, column in references_to("enrolments")
    ]
    return (
        "create temporary table kept on commit drop as select t.id, t.person_id, t.subject_institution_id"  # noqa: S608
        f" from enrolments t where {_of_batch('enrolments')} and (t.row_version > 1 or {' or '.join(used)})"
    )


def _remove_unreferenced(table: str) -> str:
    free = [
        f"not exists (select 1 from {other.name} x where x.tenant_id = t.tenant_id and x.{column} = t.id)"  # noqa: S608
        for other, column in references_to(table)
    ]
    return f"delete from {table} t where {_of_batch(table)} and t.row_version = 1 and {' and '.join(free)}"  # noqa: S608
