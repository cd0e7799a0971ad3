"""What people mended in a file before it was committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.identity.member_list import name_of_member
from samoe.intake.models import ImportCorrection
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as it is told."""

    sheet: str
    row_no: int
    kind: str
    column_no: int | None
    was: str | None
    typed: str | None
    by: str | None
    at: datetime


def corrections(db: Session, batch_id: UUID, *, row: tuple[str, int] | None = None) -> list[Correction]:
    """Those of a batch, or of one row of it, in the order in which they were made."""
    c = ImportCorrection
    query = (
        select(c.sheet, c.row_no, c.kind, c.column_no, c.was, c.typed, name_of_member(c.made_by), c.recorded_at)
        .where(c.tenant_id == current().tenant_id, c.batch_id == batch_id)
        .order_by(c.id)
    )
    if row is not None:
        query = query.where(c.sheet == row[0], c.row_no == row[1])
    return [Correction(*row) for row in db.execute(query)]


def left_out(made: Sequence[Correction]) -> dict[tuple[str, int], Correction]:
    """The rows that are left out now, each with who left it out and when."""
    found: dict[tuple[str, int], Correction] = {}
    for one in made:
        if one.kind == "left_out":
            found[one.sheet, one.row_no] = one
        elif one.kind == "put_back":
            found.pop((one.sheet, one.row_no), None)
    return found
