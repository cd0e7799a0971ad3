"""Running the two scripts of a commit: what meets what, and what is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

HERE = Path(__file__).parent


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


def match(db: Session, to: Destination) -> dict[str, int]:
    """Compare the staged rows with the registry and return how many a commit would create, update, leave.

    The comparison stays in a table of this transaction, which ``write`` reads.
    """
    run(db, "matching.sql", to.values())
    counted = db.execute(text("select effect, count(*) from incoming group by effect")).all()
    found: dict[str, int] = {row[0]: row[1] for row in counted}
    found["maybe_same"] = db.scalar(text("select count(*) from incoming where maybe_same")) or 0
    return found


def write(db: Session, to: Destination) -> None:
    """Write what ``match`` found, in the same transaction."""
    run(db, "commit.sql", to.values())
    freshen(db, db.scalar(text("select count(*) from incoming")) or 0)


def freshen(db: Session, changed: int) -> None:
    """Tell the planner how large the tables are now that so many rows have come or are about to go."""
    db.execute(text("select freshen_import_statistics(:changed)"), {"changed": changed})
