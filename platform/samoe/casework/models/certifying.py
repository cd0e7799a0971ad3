"""How far the data of institutions have come, and who certified which list."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.casework.models.columns import CaseColumns
from samoe.db.protection import BY_THEM, GROUP_OF_ROW, protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class DataSubmission(TenantTable):
    """An institution's data for a phase and group: not started, sending, complete, returned, certified."""

    __tablename__ = "data_submissions"
    protect = protection("area", institution="institution_id", narrow=GROUP_OF_ROW.format(table="data_submissions"))
    rules = (
        tenant_fk("institution_id", "institutions"),
        tenant_fk("phase_id", "phases"),
        CheckConstraint(one_of("state", "not_started", "sending", "complete", "returned", "certified"), name="state"),
        tenant_index("data_submissions", "phase_id", "group_id", "institution_id", unique=True),
    )

    institution_id: Mapped[UUID]
    phase_id: Mapped[UUID]
    group_id: Mapped[UUID]
    state: Mapped[str]
    state_on: Mapped[date | None]
    reason: Mapped[str | None]
    area_bit: Mapped[int] = mapped_column(BigInteger)
    area_code: Mapped[str] = mapped_column(ForeignKey("areas.code"))
    import_batch_id: Mapped[UUID | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Certification(TenantTable):
    """A list certified by a centre, a local organisation or a working group: who, which meeting, which day.

    A later edit of a certified line voids that line (``CertificationLine.voided_at``).
    """

    __tablename__ = "certifications"
    protect = protection(
        "area",
        narrow=f"({BY_THEM.format(column='certified_by')} or exists (select 1 from certification_lines l"  # noqa: S608
        " where l.tenant_id = certifications.tenant_id and l.certification_id = certifications.id))",
    )
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_fk("institution_id", "institutions"),
        tenant_fk("resolution_id", "resolutions"),
        CheckConstraint(one_of("level", "centre", "local_organisation", "working_group"), name="level"),
        tenant_index("certifications", "phase_id", "group_id", "level"),
    )

    phase_id: Mapped[UUID]
    group_id: Mapped[UUID]
    level: Mapped[str]
    institution_id: Mapped[UUID | None]
    body: Mapped[str]
    """The name of the certifying office or meeting as it stands on the paper."""
    area_bit: Mapped[int] = mapped_column(BigInteger)
    resolution_id: Mapped[UUID | None]
    certified_on: Mapped[date]
    lines: Mapped[int]
    content_hash: Mapped[str]
    certified_by: Mapped[UUID | None]


class CertificationLine(CaseColumns, TenantTable):
    """One enrolment on a certified list, with the hash of what was certified of it.

    ``seq`` is its number on the paper. The database voids the line when what was certified changes.
    """

    __tablename__ = "certification_lines"
    protect = protection("case", history=False)
    rules = (
        tenant_fk("certification_id", "certifications", ondelete="CASCADE"),
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("certification_lines", "certification_id", "enrolment_id", unique=True),
        tenant_index("certification_lines", "enrolment_id"),
    )

    certification_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    seq: Mapped[int]
    content_hash: Mapped[str]
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]
