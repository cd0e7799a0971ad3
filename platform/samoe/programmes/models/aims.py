"""What a phase gives, and how many it sets out to reach."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import Satang, TenantTable, one_of, tenant_fk, tenant_index


class Benefit(TenantTable):
    """What a group's members may receive in a phase: flat per head, or a range per institution.

    ``purpose`` is what "one live entitlement per person, phase and purpose" goes by.
    """

    __tablename__ = "benefits"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index("benefits", "phase_id", "group_slug", "slug", unique=True),
        CheckConstraint(one_of("kind", "flat", "range", "in_kind"), name="kind"),
        CheckConstraint("min_amount >= 0 and max_amount >= min_amount", name="amounts"),
    )

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    slug: Mapped[str]
    kind: Mapped[str]
    purpose: Mapped[str]
    stackable: Mapped[bool] = mapped_column(server_default=text("false"))
    min_amount: Mapped[Satang]
    max_amount: Mapped[Satang]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class Target(TenantTable):
    """How many a phase sets out to reach: one number (both bounds equal) or a range; per district or for all, and for
    the whole phase or one of its quarters. Which of them reports go by: docs/decisions/0042-a-phase-is-published.md.
    """

    __tablename__ = "targets"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_fk("phase_id", "phases"),
        tenant_index(
            "targets", "phase_id", "group_slug", "measure", "district_code", "quarter", unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("min_count >= 0 and max_count >= min_count", name="counts"),
        CheckConstraint("quarter between 1 and 13", name="quarter"),
    )  # fmt: skip

    phase_id: Mapped[UUID]
    group_slug: Mapped[str]
    measure: Mapped[str] = mapped_column(server_default="assisted")
    district_code: Mapped[str | None]
    quarter: Mapped[int | None] = mapped_column(SmallInteger)
    """Counted from the phase's own first day; NULL is all of the phase."""
    min_count: Mapped[int]
    max_count: Mapped[int]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
