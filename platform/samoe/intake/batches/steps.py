"""The two times that a file meets the registry: compared when it is checked, compared again and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

from samoe.intake.batches import staging
from samoe.intake.judging.judged import JudgedSheet

HERE = Path(__file__).parent
_SAMPLE = text("analyze incoming (id, identifier, search_name, institution_id, institution_name)")
_COUNT = text(
    "select effect, count(*), count(*) filter (where maybe_same) from incoming where effect is not null group by effect"
)
_CLOSE = text("drop table incoming")


@cache
def _script(name: str) -> tuple[TextClause, ...]:
    whole = (HERE / name).read_text(encoding="utf-8")
    lines = [line for line in whole.splitlines() if not line.lstrip().startswith("--")]
    return tuple(text(part) for part in "\n".join(lines).split(";") if part.strip())


def run(db: Session, name: str, values: dict[str, Any]) -> None:
    """Run each statement of a script with those of the values that it names."""
    for statement in _script(name):
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
    manifest_version: int
    as_of: date

    def values(self) -> dict[str, Any]:
        return {
            "batch": self.batch_id, "group_id": self.group_id, "group_bit": self.group_bit, "phase_id": self.phase_id,
            "register": self.register, "status": self.status, "manifest_version": self.manifest_version,
            "as_of": self.as_of,
        }  # fmt: skip


def preview(db: Session, to: Destination, sheets: Sequence[JudgedSheet]) -> tuple[int, dict[str, int]]:
    """Stage judged rows with what a commit would do to each; how many there are, and how many of each effect."""
    _open(db)
    count = staging.bring(db, sheets)
    staging.recall(db, to.batch_id)
    effect = _match(db, to)
    staging.keep(db, to.batch_id)
    db.execute(_CLOSE)
    return count, effect


def write(db: Session, to: Destination) -> dict[str, int]:
    """Write the staged rows of a batch as they meet the registry now; how many of each effect."""
    _open(db)
    staging.gather(db, to.batch_id)
    effect = _match(db, to)
    run(db, "commit.sql", to.values())
    db.execute(_CLOSE)
    return effect


def _open(db: Session) -> None:
    run(db, "incoming.sql", {})


def _match(db: Session, to: Destination) -> dict[str, int]:
    db.execute(_SAMPLE)
    run(db, "matching.sql", to.values())
    counted = db.execute(_COUNT).all()
    found: dict[str, int] = {effect: number for effect, number, _ in counted}
    found["maybe_same"] = sum(same for _, _, same in counted)
    return found


def freshen(db: Session, changed: int) -> None:
    """Tell the planner how large the tables are now that so many rows have come or are about to go."""
    db.execute(text("select freshen_import_statistics(:changed)"), {"changed": changed})
