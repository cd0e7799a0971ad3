"""Counting answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, func, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.sdk import Field
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Answered:
    """How many records answer a question at all, and by option."""

    all: int
    options: Mapping[str, int]


def answered(db: Session, group_id: UUID, field: Field) -> Answered:
    """Over every phase, of what the reader may see."""
    e = Enrolment
    mine: tuple[ColumnElement[bool], ...] = (
        e.tenant_id == current().tenant_id, e.group_id == group_id, e.answers.has_key(field.slug),
    )  # fmt: skip
    total = db.scalar(select(func.count()).select_from(e).where(*mine)) or 0
    if not field.options:
        return Answered(total, {})
    if field.type == "choices":
        given = e.answers[field.slug]
        listed = case((func.jsonb_typeof(given) == "array", given), else_=cast([], JSONB))
        each = func.jsonb_array_elements_text(listed).table_valued("value")
        rows = db.execute(
            select(each.c.value.label("value"), func.count().label("n"))
            .select_from(e)
            .join(each, true())
            .where(*mine)
            .group_by(each.c.value)
        )
    else:
        value = cast(e.answers[field.slug].astext, Text)
        rows = db.execute(select(value.label("value"), func.count().label("n")).where(*mine).group_by(value))
    return Answered(total, {row.value: row.n for row in rows})
