"""Which target groups a tenant has, and how it has tuned them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index


class TenantGroup(TenantTable):
    """A target group that a tenant has switched on at some time. ``bit`` never changes: rows carry it."""

    __tablename__ = "tenant_groups"
    protect = protection("tenant", fund="read")
    rules = (
        tenant_index("tenant_groups", "slug", unique=True),
        tenant_index("tenant_groups", "bit", unique=True),
        CheckConstraint("bit between 0 and 62", name="bit"),
        CheckConstraint("removed_at is null or not enabled", name="removed"),
    )

    slug: Mapped[str]
    bit: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int]
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    enabled_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    enabled_by: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
    removed_at: Mapped[datetime | None]
    """When a group that was made here was taken away (``removing``). It is never on again."""


LARGEST_BODY = 1_000_000
"""Bytes of a group's body. The largest that is shipped has 35 thousand."""


class GroupVersion(TenantTable):
    """One version of a target group as a tenant has it: shipped with a module, or made here in the browser.

    ``body`` speaks the key vocabulary of ``module.toml``. A draft may have faults; what is published has none and never
    changes (kept by the trigger ``published_groups_stand``). A group has one draft at most. ``shipped`` is the version
    of the module that the body was taken from as it is. ``effective_on`` of None is "from the beginning".
    """

    __tablename__ = "group_versions"
    protect = protection("tenant", fund="read", fund_sees="state = 'published'", whole_writes=True, history=False)
    rules = (
        tenant_index("group_versions", "slug", "number", unique=True),
        Index(
            "uq_group_versions_draft", "tenant_id", "slug", unique=True, postgresql_where=text("state = 'draft'"),
        ),
        CheckConstraint(one_of("state", "draft", "published"), name="state"),
        CheckConstraint(one_of("origin", "blank", "module", "version", "shared"), name="origin"),
        CheckConstraint("state = 'draft' or published_at is not null", name="published"),
        CheckConstraint("body ->> 'slug' = slug", name="own_slug"),
        CheckConstraint(f"octet_length(body::text) <= {LARGEST_BODY}", name="size"),
    )  # fmt: skip

    slug: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    body: Mapped[dict[str, Any]]
    origin: Mapped[str]
    shipped: Mapped[int | None]
    based_on: Mapped[dict[str, Any] | None]
    """Where it came from: ``tenant_id``, ``slug`` and ``number`` of the version that it was begun from."""
    effective_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class RuleVersion(TenantTable):
    """A published or draft version of a group's criteria in a tenant.

    What is published never changes, except to be withdrawn (kept by the trigger ``published_rules_stand``). Once the
    group is screened in a phase that is open, publishing needs a resolution and a reason, and nothing is withdrawn
    (``criteria_stand_on_a_resolution``). A group has one draft at most. ``effective_on`` of None is "from the
    beginning".
    """

    __tablename__ = "rule_versions"
    protect = protection("tenant", fund="read", fund_sees="state in ('published', 'withdrawn')")
    rules = (
        tenant_index("rule_versions", "group_slug", "number", unique=True),
        Index(
            "uq_rule_versions_draft", "tenant_id", "group_slug", unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        tenant_fk("group_id", "tenant_groups"),
        tenant_fk("resolution_id", "resolutions"),
        CheckConstraint(one_of("state", "draft", "published", "withdrawn"), name="state"),
    )  # fmt: skip

    group_id: Mapped[UUID]
    group_slug: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    rule: Mapped[dict[str, Any]]
    settings: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    effective_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    resolution_id: Mapped[UUID | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class IndicatorContract(TenantTable):
    """A national indicator as the fund added it, or a shipped one that the fund retired (``active`` is false).

    What a code means never changes once it is there: another meaning is another code.
    """

    __tablename__ = "indicator_contracts"
    protect = protection("national", history=False)
    rules = (
        tenant_index("indicator_contracts", "code", unique=True),
        CheckConstraint(one_of("kind", "count", "share", "mean"), name="kind"),
        CheckConstraint(one_of("better", "more", "less", "neither"), name="better"),
    )

    code: Mapped[str]
    name: Mapped[dict[str, Any]]
    meaning: Mapped[dict[str, Any]]
    kind: Mapped[str]
    unit: Mapped[dict[str, Any] | None]
    better: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    row_version: Mapped[int] = mapped_column(server_default=text("1"))


class ReferenceRule(TenantTable):
    """A version of the fund's rule for a group, by which every province's people are counted beside its own criteria.

    ``fields`` are the questions that the rule reads, as the group that it was picked on has them. What is published
    never changes (kept by the trigger ``published_references_stand``). A group has one draft at most.
    """

    __tablename__ = "reference_rules"
    protect = protection("national", fund_sees="state = 'published'", history=False)
    rules = (
        tenant_index("reference_rules", "group_slug", "number", unique=True),
        Index(
            "uq_reference_rules_draft", "tenant_id", "group_slug", unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        CheckConstraint(one_of("state", "draft", "published"), name="state"),
        CheckConstraint("state = 'draft' or (published_at is not null and effective_on is not null)", name="published"),
    )  # fmt: skip

    group_slug: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    rule: Mapped[dict[str, Any]]
    fields: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    contract: Mapped[str | None]
    """Groups of other names that answer this national indicator are counted by the rule, too."""
    effective_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
