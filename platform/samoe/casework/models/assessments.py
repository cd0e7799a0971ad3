"""What was found with an instrument, item by item, and what is to be done about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index


class Assessment(CaseColumns, TenantTable):
    """One sitting with an instrument, under the edition that it was begun with.

    ``facts`` are the answers to what the instrument asks with every sitting, ``result`` what the answer of the
    enrolment became. One from a file has no sitting behind it. Once certified neither it nor its marks change
    (0027_assessments.sql).
    """

    __tablename__ = "assessments"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        CheckConstraint(one_of("state", "draft", "done", "certified"), name="state"),
        CheckConstraint(one_of("source", "typed", "file"), name="source"),
        CheckConstraint("state = 'draft' or result is not null", name="result"),
        CheckConstraint("(state = 'certified') = (certified_on is not null)", name="certified"),
        tenant_index("assessments", "enrolment_id", "field"),
    )

    enrolment_id: Mapped[UUID]
    field: Mapped[str]
    """The field of the group that it answers."""
    scale: Mapped[str]
    version: Mapped[str]
    """The edition of the instrument."""
    assessed_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default="draft")
    source: Mapped[str] = mapped_column(server_default="typed")
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    made_by: Mapped[UUID | None]
    certified_on: Mapped[date | None]
    certified_by: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class AssessmentMark(CaseColumns, TenantTable):
    """What was found for one item: its mark or total, or that it does not apply; the note and the evidence."""

    __tablename__ = "assessment_marks"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("assessment_id", "assessments", ondelete="CASCADE"),
        tenant_fk("document_id", "documents"),
        CheckConstraint("mark is null or applies", name="applies"),
        CheckConstraint("share is null or share between 0 and 10000", name="share"),
        tenant_index("assessment_marks", "assessment_id", "item", unique=True),
    )

    enrolment_id: Mapped[UUID]
    assessment_id: Mapped[UUID]
    item: Mapped[str]
    mark: Mapped[int | None] = mapped_column(SmallInteger)
    applies: Mapped[bool] = mapped_column(server_default=text("true"))
    share: Mapped[int | None] = mapped_column(SmallInteger)
    """The share that the mark follows from, in hundredths of a per cent."""
    band: Mapped[str | None]
    """The level that somebody read for a total, where there is no table for it."""
    note: Mapped[str | None]
    document_id: Mapped[UUID | None]
    made_by: Mapped[UUID | None]
    """Who gave the mark, or changed it last; the database writes it down (0042_no_way_around.sql)."""


class ImprovementItem(CaseColumns, TenantTable):
    """Something to be done about an item that failed: what, for how much, by when, by whom; and that it was done."""

    __tablename__ = "improvement_items"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("document_id", "documents"),
        CheckConstraint("budget >= 0", name="budget"),
        tenant_index("improvement_items", "enrolment_id", "field"),
    )

    enrolment_id: Mapped[UUID]
    field: Mapped[str]
    item: Mapped[str]
    action: Mapped[str]
    budget: Mapped[Satang]
    due_on: Mapped[date]
    responsible: Mapped[str]
    done_on: Mapped[date | None]
    document_id: Mapped[UUID | None]
    made_by: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
