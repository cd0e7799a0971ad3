"""Lists of items that need improvement as assessments: each list is one of the history, the latest is the answer.

A list does not push out what was found later. What it says is kept with the staged row as it was read, so that the
check and the commit come to it each by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.casework.assessments.actions import keep_what_a_file_brought
from samoe.casework.assessments.queries import of_subject
from samoe.casework.enrolments.cases import Case, case
from samoe.casework.models import Assessment, Enrolment
from samoe.intake.batches.columns import to_json
from samoe.intake.judging.findings import day_of
from samoe.sdk import Field
from samoe.sdk.imports import Findings
from samoe.tenancy import current

if TYPE_CHECKING:
    from samoe.intake.batches.steps import Destination

_LISTS = text("""
select t.id, t.institution_id, t.answers from incoming t
where t.effect is not null and t.answers -> :field ->> 'listed' = 'true'
""")
_LAY_IN = text(
    "update incoming set finding = cast(:finding as jsonb), answers = cast(:answers as jsonb) where id = :id"
)
_NEW = text("update incoming set effect = 'update' where id = :id")
_LEAVE_OUT = text("delete from incoming where id = :id")
_CHANGE = text("""
insert into import_changes (id, batch_id, table_name, row_id, operation)
values (gen_random_uuid(), :batch, 'assessments', :row, 'insert')
""")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in a staged row, and the case that it is about."""

    row: UUID
    answers: dict[str, Any]
    found: Case
    on: date
    same: Assessment | None
    """The assessment that says just this already."""
    late: bool
    """Whether something was found after it."""


def lay_in(db: Session, to: Destination, *, write: bool) -> list[UUID]:
    """Put the lists of ``incoming`` into place; with ``write`` assessments are made. Returns the rows with a new one.

    The answers of a row become what the case is to answer: with the list where it is the latest, else without.
    """
    declared = to.manifest.imports.findings
    if declared is None:
        return []
    new, laid = [], []
    for one in _lists(db, to, declared):
        field = one.found.manifest.field(declared.field)
        keys = [declared.field, *([declared.year] if declared.year else [])]
        finding = {key: one.answers[key] for key in keys if key in one.answers}
        made = one.same.id if one.same else None
        if made is None:
            new.append(one.row)
            made = _make(db, to, one, field, finding) if write else None
        answers = {key: value for key, value in one.answers.items() if key not in finding}
        if not one.late:
            link = {} if made is None else {"assessment": str(made)}
            answers |= {**finding, declared.field: {**finding[declared.field], **link}}
        laid.append({"id": one.row, "finding": to_json(finding), "answers": to_json(answers)})
    if laid:
        db.execute(_LAY_IN, laid)
    return new


def count_as_changes(db: Session, rows: Sequence[UUID]) -> None:
    """A row that adds to the history changes something, whatever its case answers."""
    if rows:
        db.execute(_NEW, [{"id": row} for row in rows])


def _lists(db: Session, to: Destination, declared: Findings) -> list[Listed]:
    rows = db.execute(_LISTS, {"field": declared.field}).all()
    e = Enrolment
    enrolled = db.execute(
        select(e.subject_institution_id, e.id).where(
            e.tenant_id == current().tenant_id, e.phase_id == to.phase_id, e.group_id == to.group_id,
            e.subject_institution_id.in_({row.institution_id for row in rows}),
        )
    )  # fmt: skip
    cases = {row.subject_institution_id: row.id for row in enrolled}
    gone = [{"id": row.id} for row in rows if row.institution_id not in cases]
    if gone:  # taken out of the group since the file was checked; a list enrols nobody
        db.execute(_LEAVE_OUT, gone)
    return [
        _listed(db, to, declared, row.id, row.answers, case(db, cases[row.institution_id]))
        for row in rows
        if row.institution_id in cases
    ]


def _listed(
    db: Session, to: Destination, declared: Findings, row: UUID, answers: dict[str, Any], found: Case
) -> Listed:
    field = found.manifest.field(declared.field)
    on = day_of(answers.get(declared.year) if declared.year else None, to.as_of)
    history = [one for one in of_subject(db, found, field) if one.state != "draft"]
    said = answers[declared.field]
    same = next((one for one in history if one.source == "file" and one.assessed_on == on and one.result == said), None)
    standing = found.enrolment.answers.get(declared.field)
    days = [one.assessed_on for one in history]
    if isinstance(standing, dict) and standing.get("scores") and "assessment" not in standing:
        days.append(found.enrolment.happened_on or found.phase.starts_on)
    return Listed(row, answers, found, on, same, late=any(day > on for day in days))


def _make(db: Session, to: Destination, one: Listed, field: Field, finding: Mapping[str, Any]) -> UUID:
    """One more in the history; a result that stands there without one is kept first."""
    keep_what_a_file_brought(db, one.found, field)
    scale = one.found.manifest.scale(field.scale or "")
    facts = {key: value for key, value in finding.items() if key != field.slug}
    made = Assessment(
        **one.found.columns(), field=field.slug, scale=scale.slug, version=scale.version,
        assessed_on=one.on, state="done", source="file", facts=facts, result=finding[field.slug],
    )  # fmt: skip
    db.add(made)
    db.flush()
    db.execute(_CHANGE, {"batch": to.batch_id, "row": made.id})
    return made.id
