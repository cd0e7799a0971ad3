"""Target groups that provinces offer to each other, what the fund says of them, and what was taken of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import FUND_TENANT, protection
from samoe.db.table import TenantTable, one_of, tenant_index

OF_A_PROVINCE = "exists (select 1 from tenants o where o.id = {table}.tenant_id and o.kind = 'province')"
OFFERED = f"withdrawn_at is null and {OF_A_PROVINCE.format(table='group_offers')}"


class GroupOffer(TenantTable):
    """A version of a group as a province offers it to the others: a frozen copy. A group has one offer at a time.

    Every province reads what is offered; only the offering one writes it (docs/decisions/0049-what-is-offered.md). It
    never changes, except to be withdrawn, once (kept by the trigger ``offers_stand``).
    """

    __tablename__ = "group_offers"
    protect = protection("tenant", fund="read", fund_sees=OFFERED, whole_writes=True, history=False, shown=OFFERED)
    rules = (
        Index(
            "uq_group_offers_live", "tenant_id", "slug", unique=True, postgresql_where=text("withdrawn_at is null"),
        ),
        CheckConstraint("length(useful_for) between 1 and 1000", name="useful_for"),
    )  # fmt: skip

    slug: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    useful_for: Mapped[str]
    offered_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]


class GroupRecommendation(TenantTable):
    """The fund's mark on one offered version, with its reason. The fund alone writes it, in its own book."""

    __tablename__ = "group_recommendations"
    protect = protection("tenant", fund="own", shown=f"tenant_id = {FUND_TENANT}")
    rules = (tenant_index("group_recommendations", "province", "slug", "number", unique=True),)

    province: Mapped[int] = mapped_column(SmallInteger)
    slug: Mapped[str]
    number: Mapped[int]
    reason: Mapped[str]
    marked_by: Mapped[UUID | None]


class GroupOriginal(TenantTable):
    """One version of an original that a group here was begun from, or that was laid into it or left.

    ``from_tenant`` is the province that offered it, 0 for a module as shipped. ``body`` is what the original said then:
    what it changes later is told by it, whatever becomes of the original.
    """

    __tablename__ = "group_originals"
    protect = protection("tenant", whole_writes=True, history=False)
    rules = (
        tenant_index("group_originals", "slug", "from_tenant", "from_slug", "number", unique=True),
        CheckConstraint(one_of("state", "drafted", "taken", "left"), name="state"),
    )

    slug: Mapped[str]
    from_tenant: Mapped[int] = mapped_column(SmallInteger)
    from_slug: Mapped[str]
    number: Mapped[int]
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
