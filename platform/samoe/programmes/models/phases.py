"""Phases, their agreements with the fund, and the groups that each works with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from samoe.db.protection import NOBODY, protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index

SETUP_TASKS = (
    "phase", "groups", "areas", "criteria", "benefits", "targets", "lead", "partners", "committee", "agreement",
    "members",
)  # fmt: skip
"""What setting a phase up consists of, in the order of the page."""


class Phase(TenantTable):
    """ระยะ. What is open at its close is carried into the phase that names it as predecessor."""

    __tablename__ = "phases"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("programme_id", "programmes"),
        tenant_fk("predecessor_id", "phases"),
        tenant_index("phases", "number", unique=True),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("signatories between 2 and 5", name="signatories"),
        CheckConstraint("num_nulls(reopened_at, reopened_reason) in (0, 2)", name="reopened"),
    )

    programme_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    predecessor_id: Mapped[UUID | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    dates_confirmed: Mapped[bool] = mapped_column(server_default=text("true"))
    """False while the dates are those of the round, and nobody of the province has confirmed them."""
    signatories: Mapped[int] = mapped_column(SmallInteger, server_default=text("2"))
    """How many must sign before the money of a batch goes out, beside its maker and its checker."""
    published_at: Mapped[datetime | None]
    """None while the phase is being set up: nothing is asked of the fund under it."""
    published_by: Mapped[UUID | None]
    """The membership; None where it was published by the province's file."""
    closed_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    reopened_reason: Mapped[str | None]
    """Of the last time that it was opened again after its close."""
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PhaseLook(TenantTable):
    """Somebody looked at a task of the set-up, could not finish it and said why it waits."""

    __tablename__ = "phase_looks"
    protect = protection("tenant", narrow=NOBODY)
    rules = (
        tenant_fk("phase_id", "phases"),
        CheckConstraint(one_of("task", *SETUP_TASKS), name="task"),
        tenant_index("phase_looks", "phase_id", "task", unique=True),
    )

    phase_id: Mapped[UUID]
    task: Mapped[str]
    note: Mapped[str | None]
    looked_by: Mapped[UUID | None]
    looked_on: Mapped[date]


class Agreement(TenantTable):
    """The memorandum of a phase with the fund; the parent of requests."""

    __tablename__ = "agreements"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_fk("document_id", "documents"),
        tenant_index("agreements", "number", unique=True),
        CheckConstraint("amount is null or amount >= 0", name="amount"),
    )

    phase_id: Mapped[UUID]
    number: Mapped[str | None]
    """None where the paper is known to be signed, and its number not yet."""
    signed_on: Mapped[date | None]
    amount: Mapped[Satang | None]
    signatories: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    deliverables: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    document_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class PhaseGroup(TenantTable):
    """A target group in a phase: what its register is, and in which districts it works.

    ``register`` is ``population`` (everyone) or ``target_list`` (those we set out to reach); the two are never
    added or divided by one another. ``source`` tells whether the file of the group is a ``list`` of names still to
    be looked for or a ``survey`` of people already met. NULL ``district_codes`` is the whole province.
    """

    __tablename__ = "phase_groups"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index("phase_groups", "phase_id", "group_slug", unique=True),
        CheckConstraint(one_of("register", "population", "target_list"), name="register"),
        CheckConstraint(one_of("source", "list", "survey"), name="source"),
    )

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    register: Mapped[str]
    source: Mapped[str]
    district_codes: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
