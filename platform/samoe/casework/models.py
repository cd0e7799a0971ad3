"""Enrolments and what is decided and done about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class CaseColumns:
    """Denormalised onto every table that hangs on an enrolment, so that the policy reads its own row only."""

    area_bit: Mapped[int] = mapped_column(BigInteger, sort_order=50)
    group_bit: Mapped[int] = mapped_column(BigInteger, sort_order=51)
    institution_id: Mapped[UUID | None] = mapped_column(sort_order=52)
    worker_id: Mapped[UUID | None] = mapped_column(sort_order=53)


def _once(subject: str, *of: str) -> Index:
    """A subject is in a group of a phase once; the same index finds everything about the subject."""
    return tenant_index("enrolments", subject, *of, unique=True, postgresql_where=text(f"{subject} is not null"))


class Enrolment(CaseColumns, TenantTable):
    """A person or an institution in a target group, in a phase.

    ``area_code`` is where they are cared for today (policy); ``event_area_code`` where they were when enrolled
    (reports) and never changes. ``answers`` are typed values by field slug; a field not asked is absent.
    ``carried_from_id`` is the enrolment of the phase before. The roll-up that counts enrolments keeps ``phase_id`` and
    ``group_id`` from pointing at nothing, and a trigger the areas: checked by the statement, not by the row, because a
    file brings 100,000 (0008_references.sql).
    """

    __tablename__ = "enrolments"
    protect = protection("case")
    rules = (
        tenant_fk("person_id", "persons"),
        tenant_fk("subject_institution_id", "institutions"),
        tenant_fk("institution_id", "institutions"),
        tenant_fk("carried_from_id", "enrolments"),
        CheckConstraint("num_nonnulls(person_id, subject_institution_id) = 1", name="one_subject"),
        CheckConstraint(one_of("register", "population", "target_list"), name="register"),
        _once("person_id", "phase_id", "group_id"),
        _once("subject_institution_id", "phase_id", "group_id"),
        tenant_index("enrolments", "group_id", "phase_id", "id"),
        tenant_index("enrolments", "group_id", "phase_id", "status", "area_bit", "id"),
        tenant_index("enrolments", "institution_id", postgresql_where=text("institution_id is not null")),
        tenant_index("enrolments", "carried_from_id", postgresql_where=text("carried_from_id is not null")),
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
    closed_on: Mapped[date | None]
    closed_reason: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class ScreeningRun(TenantTable):
    """One screening of a whole group under one rule version."""

    __tablename__ = "screening_runs"
    protect = protection("tenant")
    rules = (tenant_fk("rule_version_id", "rule_versions"), tenant_fk("phase_id", "phases"))

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
    decided_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    superseded_at: Mapped[datetime | None]


class Encounter(CaseColumns, TenantTable):
    """A visit, a call, an attempt to find someone, a follow-up: what happened, when, and what was found."""

    __tablename__ = "encounters"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("encounters", "enrolment_id", "happened_on"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    happened_on: Mapped[date]
    outcome: Mapped[str]
    note: Mapped[str | None]
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    follow_up_id: Mapped[UUID | None]
    made_by: Mapped[UUID | None]


class Referral(CaseColumns, TenantTable):
    """Sending a person on to somebody who can help: sent, accepted or rejected, done or revoked.

    ``carried`` closes a referral that was still open when its phase closed; its copy in the next phase names it
    in ``carried_from_id``.
    """

    __tablename__ = "referrals"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("to_institution_id", "institutions"),
        tenant_fk("to_partner_id", "partner_orgs"),
        tenant_fk("carried_from_id", "referrals"),
        CheckConstraint(one_of("state", "sent", "accepted", "rejected", "done", "revoked", "carried"), name="state"),
        tenant_index("referrals", "enrolment_id"),
        tenant_index("referrals", "state", "sent_on"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    to_institution_id: Mapped[UUID | None]
    to_partner_id: Mapped[UUID | None]
    to_name: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="sent")
    sent_on: Mapped[date]
    answered_on: Mapped[date | None]
    finished_on: Mapped[date | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    consent_id: Mapped[UUID | None]
    notice_given: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether the officer confirmed the notice that the law asks for at this age (employer to inspector)."""
    event_area_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"))
    sent_by: Mapped[UUID | None]
    carried_from_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class FollowUp(CaseColumns, TenantTable):
    """A visit that is due: 1, 3, 6 or 12 months after a referral began, or as the group's stages say."""

    __tablename__ = "follow_ups"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_fk("referral_id", "referrals", ondelete="CASCADE"),
        tenant_fk("carried_from_id", "follow_ups"),
        CheckConstraint(one_of("state", "due", "done", "missed", "cancelled", "carried"), name="state"),
        tenant_index("follow_ups", "state", "due_on"),
        tenant_index("follow_ups", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    referral_id: Mapped[UUID | None]
    kind: Mapped[str]
    """The kind of encounter that it asks for, as the group's manifest names it."""
    month: Mapped[int | None] = mapped_column(SmallInteger)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default="due")
    done_on: Mapped[date | None]
    carried_from_id: Mapped[UUID | None]


class Transfer(CaseColumns, TenantTable):
    """A change of the area that cares for an enrolment (ย้ายพื้นที่ดูแล–รับโอน)."""

    __tablename__ = "transfers"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("transfers", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    from_area_code: Mapped[str | None]
    to_area_code: Mapped[str | None]
    happened_on: Mapped[date]
    reason: Mapped[str]
    made_by: Mapped[UUID | None]


class Assignment(CaseColumns, TenantTable):
    """A change of the worker who looks after an enrolment.

    ``given_to_id`` is the membership that got the case then; ``worker_id`` follows the enrolment, as everywhere.
    """

    __tablename__ = "assignments"
    protect = protection("case")
    rules = (
        tenant_fk("enrolment_id", "enrolments", ondelete="CASCADE"),
        tenant_index("assignments", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    given_to_id: Mapped[UUID | None]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    assigned_by: Mapped[UUID | None]


class DataSubmission(TenantTable):
    """An institution's data for a phase and group: not started, sending, complete, returned, certified."""

    __tablename__ = "data_submissions"
    protect = protection("area", institution="institution_id")
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
    protect = protection("area")
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
