"""Imports: the batch, its staged rows, what it changed, and the mappings that a tenant has confirmed before."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Integer, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from samoe.db.protection import BY_THEM, NOBODY, ROW_OF_A_FILE, protection
from samoe.db.table import BulkReference, TenantTable, one_of, tenant_fk, tenant_index

STATES = (
    "uploaded",
    "reading",
    "mapped",
    "checking",
    "checked",
    "committing",
    "committed",
    "undoing",
    "undone",
    "failed",
)


class ImportBatch(TenantTable):
    """One file on its way in: uploaded → mapped → checked → committed → perhaps undone."""

    __tablename__ = "import_batches"
    protect = protection("tenant")
    rules = (
        tenant_fk("document_id", "documents"),
        tenant_fk("phase_id", "phases"),
        tenant_fk("group_id", "tenant_groups"),
        CheckConstraint(one_of("state", *STATES), name="state"),
        tenant_index("import_batches", "recorded_at"),
    )

    document_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    group_id: Mapped[UUID]
    state: Mapped[str]
    as_of: Mapped[date | None]
    options: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    """What the person confirmed: the column mapping per sheet, fill-down columns, district from the sheet's name."""
    proposal: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    summary: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    rows_total: Mapped[int] = mapped_column(server_default=text("0"))
    rows_done: Mapped[int] = mapped_column(server_default=text("0"))
    error_code: Mapped[str | None]
    uploaded_by: Mapped[UUID | None]
    committed_at: Mapped[datetime | None]
    committed_by: Mapped[UUID | None]
    undone_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class ImportRow(TenantTable):
    """A staged row: as it was typed, as it was judged, what it says of its subject, and what it becomes.

    Filled by a set-based statement from a transaction-local table (COPY cannot write under row-level security).
    """

    __tablename__ = "import_rows"
    protect = protection("tenant", history=False, narrow=ROW_OF_A_FILE)
    rules = (
        BulkReference("batch_id", "import_batches"),
        CheckConstraint(
            one_of("class", "error", "duplicate_in_file", "possible_duplicate", "warning", "ok"), name="class"
        ),
        tenant_index("import_rows", "batch_id", "sheet_no", "row_no", unique=True),
        tenant_index("import_rows", "batch_id", "class", "sheet_no", "row_no", postgresql_where=text("class <> 'ok'")),
    )

    batch_id: Mapped[UUID]
    sheet_no: Mapped[int]
    sheet: Mapped[str]
    row_no: Mapped[int]
    judged_as: Mapped[str] = mapped_column("class")
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text))
    typed: Mapped[list[Any]] = mapped_column(JSONB)
    extra: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    area_code: Mapped[str | None]
    title: Mapped[str | None]
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    search_name: Mapped[str | None]
    sort_key: Mapped[str | None]
    sex: Mapped[str | None]
    birth_date: Mapped[date | None]
    house_no: Mapped[str | None]
    moo: Mapped[str | None]
    phones: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    guardian_name: Mapped[str | None]
    identifier_kind: Mapped[str | None]
    identifier: Mapped[str | None]
    checksum_ok: Mapped[bool | None]
    institution_kind: Mapped[str | None]
    institution_name: Mapped[str | None]
    institution_sort: Mapped[str | None]
    agency: Mapped[str | None]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Null where the row is not imported, as is everything from ``area_code`` on."""
    submission: Mapped[str | None]
    resolution: Mapped[str | None]
    """What a person decided about a possible duplicate: new, same, skip."""
    effect: Mapped[str | None]
    """What a commit does with the row: create, update or unchanged; null where it is not imported."""
    person_id: Mapped[UUID | None]
    """Whom the row is about; what a commit would create has the row's own id."""
    institution_id: Mapped[UUID | None]
    enrolment_id: Mapped[UUID | None]


class ImportCorrection(TenantTable):
    """What a person mended in a file before it was committed: a cell typed anew, or a row left out or put back.

    The file itself stays as it came. Cells are known by their place in it, so that they survive another reading; the
    latest correction of a place counts.
    """

    __tablename__ = "import_corrections"
    protect = protection("tenant", append_only=True, history=False, narrow=BY_THEM.format(column="made_by"))
    rules = (
        tenant_fk("batch_id", "import_batches", ondelete="CASCADE"),
        CheckConstraint(one_of("kind", "cell", "left_out", "put_back"), name="kind"),
        CheckConstraint("(kind = 'cell') = (column_no is not null and typed is not null)", name="cell"),
        tenant_index("import_corrections", "batch_id", "sheet", "row_no"),
    )

    batch_id: Mapped[UUID]
    sheet: Mapped[str]
    row_no: Mapped[int]
    kind: Mapped[str]
    column_no: Mapped[int | None]
    was: Mapped[str | None]
    typed: Mapped[str | None]
    made_by: Mapped[UUID | None]


class ImportChange(TenantTable):
    """A row that a commit inserted, or what it was before a commit updated it: what undo needs, exactly."""

    __tablename__ = "import_changes"
    protect = protection("tenant", append_only=True, history=False, narrow=NOBODY)
    rules = (
        tenant_fk("batch_id", "import_batches", ondelete="CASCADE"),
        CheckConstraint(one_of("operation", "insert", "update", "delete"), name="operation"),
        tenant_index("import_changes", "batch_id", "table_name"),
    )

    batch_id: Mapped[UUID]
    table_name: Mapped[str]
    row_id: Mapped[UUID]
    operation: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB)


class HeaderMapping(TenantTable):
    """The columns that a tenant confirmed for a set of headers, so that the next such file is mapped by itself."""

    __tablename__ = "header_mappings"
    protect = protection("tenant")
    rules = (tenant_index("header_mappings", "group_slug", "fingerprint", unique=True),)

    group_slug: Mapped[str]
    fingerprint: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    used: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    confirmed_by: Mapped[UUID | None]


class Survey(TenantTable):
    """A round of asking: which group, which phase, when."""

    __tablename__ = "surveys"
    protect = protection("tenant")
    rules = (tenant_fk("phase_id", "phases"), tenant_fk("group_id", "tenant_groups"))

    phase_id: Mapped[UUID]
    group_id: Mapped[UUID]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
