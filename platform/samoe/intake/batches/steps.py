"""The two times that a file meets the registry: compared when it is checked, compared again and written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

from samoe.intake.batches import findings, staging
from samoe.intake.batches.columns import to_json
from samoe.intake.judging.judged import JudgedSheet
from samoe.sdk import Manifest
from samoe.targetgroups.settling import settling

HERE = Path(__file__).parent
ONLY = "-- only: "
MARKS = ("maybe_same", "known", "institutions", "submissions", "otherwise")
_COUNT = text("""
select effect, count(*) as n, count(*) filter (where maybe_same) as maybe_same,
  count(*) filter (where person_id is not null) as known,
  count(*) filter (where institution_id is not null) as institutions,
  count(*) filter (where submission is not null) as submissions,
  count(*) filter (where (staged_effect, staged_institution, staged_person, staged_enrolment) is distinct from (effect,
    institution_id, case when search_name is not null then coalesce(person_id, id) end,
    coalesce(enrolment_id, id))) as otherwise
from incoming where effect is not null group by effect
""")
_UPDATED = text("""
select e.id, e.answers from enrolments e join incoming t on t.enrolment_id = e.id
where e.tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and t.effect = 'update'
""")
_SETTLE = text("""
update enrolments set answers = cast(:answers as jsonb)
where tenant_id = nullif(current_setting('app.tenant', true), '')::smallint and id = :id
""")
_CLOSE = text("drop table incoming")


@cache
def _script(name: str) -> tuple[tuple[str, TextClause], ...]:
    """The statements of a script, each with what its ``-- only:`` line names."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    code = "\n".join(line for line in lines if line.startswith(ONLY) or not line.startswith("--"))
    found = []
    for part in filter(str.strip, code.split(";")):
        only, _, statement = part.rpartition(ONLY)[2].partition("\n") if ONLY in part else ("", "", part)
        found.append((only, text(statement)))
    return tuple(found)


def run(db: Session, name: str, values: dict[str, Any], there: Collection[str] = ()) -> None:
    """Run each statement of a script with those of the values that it names; those for what is not there, not."""
    for only, statement in _script(name):
        if not only or only in there:
            wanted = statement._bindparams
            db.execute(statement, {key: values[key] for key in wanted})


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the rows of a batch go."""

    batch_id: UUID
    group_id: UUID
    group_bit: int
    phase_id: UUID
    register: str
    status: str
    manifest: Manifest
    as_of: date

    def values(self) -> dict[str, Any]:
        return {
            "batch": self.batch_id, "group_id": self.group_id, "group_bit": self.group_bit, "phase_id": self.phase_id,
            "register": self.register, "status": self.status, "manifest_version": self.manifest.version,
            "as_of": self.as_of,
        }  # fmt: skip


def bring(db: Session, sheets: Sequence[JudgedSheet]) -> int:
    """Put judged rows beside the registry; how many there are."""
    run(db, "incoming.sql", {})
    return staging.bring(db, sheets)


def preview(db: Session, to: Destination) -> dict[str, int]:
    """Stage the rows that were brought with what a commit would do to each; how many of each effect."""
    staging.recall(db, to.batch_id)
    effect, _ = _match(db, to)
    staging.keep(db, to.batch_id)
    db.execute(_CLOSE)
    return effect


def write(db: Session, to: Destination) -> dict[str, int]:
    """Write the staged rows of a batch as they meet the registry now; how many of each effect."""
    run(db, "incoming.sql", {})
    staging.gather(db, to.batch_id)
    effect, there = _match(db, to, write=True)
    run(db, "commit.sql", to.values(), there)
    if to.manifest.settles and "update" in there:
        _settle(db, to)
    db.execute(_CLOSE)
    return effect


def _settle(db: Session, to: Destination) -> None:
    """What a file adds to answers that were there may take others out of the form, or change what is calculated."""
    settle = settling(to.manifest)
    changed = [
        {"id": row.id, "answers": to_json(after)}
        for row in db.execute(_UPDATED)
        if (after := settle(row.answers)) != row.answers
    ]
    if changed:
        db.execute(_SETTLE, changed)


def _match(db: Session, to: Destination, *, write: bool = False) -> tuple[dict[str, int], set[str]]:
    """How many rows have each effect, and what else there is among them."""
    run(db, "matching.sql", to.values())
    new = findings.lay_in(db, to, write=write)
    run(db, "effects.sql", to.values())
    findings.count_as_changes(db, new)
    counted = db.execute(_COUNT).mappings().all()
    effect: dict[str, int] = {row["effect"]: row["n"] for row in counted}
    there = {name for row in counted for name in MARKS if row[name]}
    return effect | {"maybe_same": sum(row["maybe_same"] for row in counted)}, there | set(effect)


def freshen(db: Session, changed: int) -> None:
    """Tell the planner how large the tables are now that so many rows have come or are about to go."""
    db.execute(text("select freshen_import_statistics(:changed)"), {"changed": changed})
