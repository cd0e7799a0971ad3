"""Requests of data subjects, erasures, holds and reports of retention. Their rules: 0023_privacy, 0023_erasing.sql."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import NOBODY, protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index

KINDS = ("access", "correction", "erasure", "objection", "restriction", "withdrawal")
STATES = ("open", "done", "refused", "taken_back")
DAYS = 30
"""Within so many days a request is answered (PDPA s.30 for access; the same is kept for the other rights)."""


class PrivacyRequest(TenantTable):
    """One request of a data subject or of who acts for them, and by when the law wants it answered."""

    __tablename__ = "privacy_requests"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("person_id", "persons"),
        CheckConstraint(one_of("kind", *KINDS), name="kind"),
        CheckConstraint(one_of("asked_by", "self", "guardian", "representative"), name="asked_by"),
        CheckConstraint(one_of("state", *STATES), name="state"),
        CheckConstraint(one_of("channel", "in_person", "letter", "phone", "e_mail"), name="channel"),
        CheckConstraint(f"due_on between received_on and received_on + {DAYS}", name="due"),
        CheckConstraint("(state = 'open') = (closed_on is null)", name="closed"),
        CheckConstraint("state <> 'refused' or ground is not null", name="refused_for_a_ground"),
        tenant_index("privacy_requests", "state", "due_on"),
    )

    kind: Mapped[str]
    person_id: Mapped[UUID]
    asked_by: Mapped[str]
    asker: Mapped[str | None]
    relation: Mapped[str | None]
    proof: Mapped[str | None]
    """How it was made sure who asks."""
    channel: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date]
    wanted: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="open")
    ground: Mapped[str | None]
    """The ground of the law on which it was refused, a key of ``samoe.privacy.requests.words.GROUNDS``."""
    outcome: Mapped[str | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[UUID | None]
    registered_by: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Erasure(TenantTable):
    """Erasing one person: prepared by one, carried out by another; or by the end of what may be kept.

    Only the database itself writes ``done``, after it has looked for what stands against it (``erase_person``).
    """

    __tablename__ = "erasures"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("person_id", "persons"),
        tenant_fk("request_id", "privacy_requests"),
        CheckConstraint(one_of("origin", "request", "retention"), name="origin"),
        CheckConstraint(one_of("state", "prepared", "done", "dropped"), name="state"),
        CheckConstraint("(origin = 'request') = (request_id is not null and prepared_by is not null)", name="asked"),
        CheckConstraint(
            "state <> 'done' or origin = 'retention' or (carried_out_by is not null and carried_out_by <> prepared_by)",
            name="two_persons",
        ),
        CheckConstraint("(state = 'done') = (done_at is not null)", name="done"),
        tenant_index("erasures", "person_id", unique=True, postgresql_where=text("state = 'prepared'")),
    )

    person_id: Mapped[UUID]
    request_id: Mapped[UUID | None]
    origin: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="prepared")
    reason: Mapped[str | None]
    prepared_by: Mapped[UUID | None]
    """The account of the person, not their membership: duties are divided between persons."""
    carried_out_by: Mapped[UUID | None]
    done_at: Mapped[datetime | None]
    went: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    """How many rows of which table."""


class ErasedSeal(TenantTable):
    """The seal of a payment batch before a payee's name was taken out of it, and after: the chain back to what was
    signed."""

    __tablename__ = "erased_seals"
    protect = protection("tenant", append_only=True, narrow=NOBODY)
    rules = (
        tenant_fk("erasure_id", "erasures"),
        tenant_fk("batch_id", "payment_batches"),
        tenant_index("erased_seals", "batch_id", "was", unique=True),
    )

    erasure_id: Mapped[UUID]
    batch_id: Mapped[UUID]
    was: Mapped[str]
    became: Mapped[str]


class LegalHold(TenantTable):
    """Somebody whose data must be kept for now, whatever the schedule says: a claim, an inquiry, a court."""

    __tablename__ = "legal_holds"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("person_id", "persons"),
        CheckConstraint("(lifted_on is null) = (lifted_by is null)", name="lifted"),
        tenant_index("legal_holds", "person_id"),
    )

    person_id: Mapped[UUID]
    reason: Mapped[str]
    placed_by: Mapped[UUID | None]
    placed_on: Mapped[date]
    lifted_by: Mapped[UUID | None]
    lifted_on: Mapped[date | None]


class RetentionRun(TenantTable):
    """What one run of the retention work took away, and what it kept and why. Counts only."""

    __tablename__ = "retention_runs"
    protect = protection("tenant", append_only=True, narrow=NOBODY)
    rules = (tenant_index("retention_runs", "recorded_at"),)

    went: Mapped[dict[str, Any]]
    held: Mapped[dict[str, Any]]
