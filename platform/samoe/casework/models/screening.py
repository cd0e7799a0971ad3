"""What was decided about an enrolment, and in which screening."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class ScreeningRun(TenantTable):
    """One screening of a whole group under one rule version."""

    __tablename__ = "screening_runs"
    protect = protection("tenant")
    rules = (
        tenant_fk("rule_version_id", "rule_versions"),
        tenant_fk("phase_id", "phases"),
        tenant_index("screening_runs", "group_id"),
    )

    group_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    rule_version_id: Mapped[UUID]
    state: Mapped[str]
    qualifies: Mapped[int | None]
    does_not: Mapped[int | None]
    unknown: Mapped[int | None]
    run_by: Mapped[UUID | None]
    finished_at: Mapped[datetime | None]


class ScreeningDecision(CaseColumns, TenantTable):
    """A receipt: the rule version, what it read and what each clause said. Never changed, only superseded.

    ``kind`` is ``rule`` or ``resolution`` (มติยกเว้นเกณฑ์, with the resolution and a reason).
    """

    __tablename__ = "screening_decisions"
    protect = protection("case", history=False)
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("run_id", "screening_runs"),
        tenant_fk("rule_version_id", "rule_versions"),
        tenant_fk("resolution_id", "resolutions"),
        CheckConstraint(one_of("outcome", "qualifies", "does_not", "unknown"), name="outcome"),
        CheckConstraint(one_of("kind", "rule", "resolution"), name="kind"),
        CheckConstraint("kind <> 'resolution' or (resolution_id is not null and reason is not null)", name="override"),
        tenant_index(
            "screening_decisions", "enrolment_id", unique=True, postgresql_where=text("superseded_at is null")
        ),
        tenant_index("screening_decisions", "run_id"),
    )

    enrolment_id: Mapped[UUID]
    run_id: Mapped[UUID | None]
    rule_version_id: Mapped[UUID | None]
    kind: Mapped[str]
    outcome: Mapped[str]
    inputs: Mapped[dict[str, Any]]
    resolution_id: Mapped[UUID | None]
    reason: Mapped[str | None]
    clauses: Mapped[list[Any] | None] = mapped_column(JSONB)
    """What each comparison of the rule said, in the rule's reading order: true, false, or null for unknown."""
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date]
    """The day for which it was decided: what a report as of a day goes by. When it was written is ``decided_at``."""
    decided_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    superseded_at: Mapped[datetime | None]
