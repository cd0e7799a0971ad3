"""A person or an institution in a target group."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import BulkReference, TenantTable, one_of, tenant_fk, tenant_index


def _once(subject: str, *of: str) -> Index:
    """A subject is in a group of a phase once; the same index finds everything about the subject."""
    return tenant_index("enrolments", subject, *of, unique=True, postgresql_where=text(f"{subject} is not null"))


class Enrolment(CaseColumns, TenantTable):
    """A person or an institution in a target group, in a phase.

    ``area_code`` is where they are cared for today (policy); ``event_area_code`` where they were when enrolled
    (reports) and never changes. ``answers`` are typed values by field slug; a field not asked is absent.
    ``carried_from_id`` is the enrolment of the phase before, which is carried on once.
    """

    __tablename__ = "enrolments"
    protect = protection("case", folded="folded_into_id")
    rules = (
        BulkReference("person_id", "persons"),
        BulkReference("subject_institution_id", "institutions"),
        BulkReference("carried_from_id", "enrolments"),
        BulkReference("phase_id", "phases", indexed=False),
        BulkReference("group_id", "tenant_groups"),
        BulkReference("institution_id", "institutions"),
        BulkReference("area_code", "areas"),
        BulkReference("event_area_code", "areas"),
        tenant_fk("folded_into_id", "enrolments"),
        CheckConstraint("num_nonnulls(person_id, subject_institution_id) = 1", name="one_subject"),
        CheckConstraint(one_of("register", "population", "target_list"), name="register"),
        _once("person_id", "phase_id", "group_id"),
        _once("subject_institution_id", "phase_id", "group_id"),
        tenant_index("enrolments", "group_id", "phase_id", "id"),
        tenant_index("enrolments", "group_id", "phase_id", "status", "area_bit", "id"),
        tenant_index("enrolments", "institution_id", postgresql_where=text("institution_id is not null")),
        tenant_index(
            "enrolments", "carried_from_id", unique=True, postgresql_where=text("carried_from_id is not null")
        ),
        tenant_index("enrolments", "folded_into_id", postgresql_where=text("folded_into_id is not null")),
    )

    group_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    subject_institution_id: Mapped[UUID | None]
    register: Mapped[str]
    status: Mapped[str]
    status_on: Mapped[date | None]
    area_code: Mapped[str | None]
    event_area_code: Mapped[str | None]
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    manifest_version: Mapped[int]
    decision: Mapped[str | None]
    """The outcome of the decision in force: qualifies, does_not, unknown; NULL before screening."""
    happened_on: Mapped[date | None]
    import_batch_id: Mapped[UUID | None]
    carried_from_id: Mapped[UUID | None]
    folded_into_id: Mapped[UUID | None]
    """Filled when the person turned out to be enrolled twice: the other enrolment took this one's place, and nothing
    counts, lists or finds this one (docs/decisions/0020-two-records-of-one-person.md)."""
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
