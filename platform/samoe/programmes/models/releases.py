"""Numbers that a province has released to the fund: counts and amounts, never persons, none that is few."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import protection
from samoe.db.table import TenantTable, one_of, tenant_fk, tenant_index

RELEASED = protection("tenant", append_only=True, fund="read", whole_writes=True)
"""Once given, numbers stand; the next release says what they are by then."""


class Release(TenantTable):
    """One giving of a province's numbers, as they were on a day. The latest one speaks."""

    __tablename__ = "releases"
    protect = RELEASED
    rules = (tenant_fk("phase_id", "phases"), tenant_index("releases", "as_of"))

    phase_id: Mapped[UUID | None]
    as_of: Mapped[date]
    released_by: Mapped[UUID | None]


class ReleasedIndicator(TenantTable):
    """An indicator of a group under its national contract.

    ``state`` is ``given``, ``few`` (a number in it is too small to give; that one is empty) or ``no_data``. The
    numerator of money is in satang.
    """

    __tablename__ = "released_indicators"
    protect = RELEASED
    rules = (
        tenant_fk("release_id", "releases"),
        tenant_index("released_indicators", "release_id", "group_slug", "indicator", unique=True),
        tenant_index("released_indicators", "contract"),
        CheckConstraint(one_of("state", "given", "few", "no_data"), name="state"),
        CheckConstraint(one_of("kind", "count", "share", "mean"), name="kind"),
    )

    release_id: Mapped[UUID]
    contract: Mapped[str]
    group_slug: Mapped[str]
    group_version: Mapped[int]
    indicator: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    in_baht: Mapped[bool] = mapped_column(server_default=text("false"))
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)


class ReleasedReference(TenantTable):
    """A group's people counted by the fund's rule, and by the province's own criteria beside it.

    ``lacking`` names the questions that the group does not ask: then nothing is counted. ``looser`` are those whom
    only the province's criteria qualify, ``stricter`` those whom only the fund's rule does.
    """

    __tablename__ = "released_references"
    protect = RELEASED
    rules = (
        tenant_fk("release_id", "releases"),
        tenant_index("released_references", "release_id", "group_slug", unique=True),
        CheckConstraint(one_of("state", "counted", "lacking", "no_data"), name="state"),
    )

    release_id: Mapped[UUID]
    reference_number: Mapped[int]
    reference_slug: Mapped[str]
    group_slug: Mapped[str]
    group_version: Mapped[int]
    criteria_number: Mapped[int | None]
    state: Mapped[str]
    lacking: Mapped[dict[str, Any] | None]
    qualifies: Mapped[int | None] = mapped_column(BigInteger)
    does_not: Mapped[int | None] = mapped_column(BigInteger)
    unknown: Mapped[int | None] = mapped_column(BigInteger)
    own_qualifies: Mapped[int | None] = mapped_column(BigInteger)
    own_does_not: Mapped[int | None] = mapped_column(BigInteger)
    own_unknown: Mapped[int | None] = mapped_column(BigInteger)
    looser: Mapped[int | None] = mapped_column(BigInteger)
    stricter: Mapped[int | None] = mapped_column(BigInteger)
