"""Slips, and the telephones that were bound with one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from samoe.db.protection import LOOKED_AFTER, OWN_ROW, protection
from samoe.db.table import TenantTable, tenant_fk, tenant_index

_SLIP_HELD = "code_hash = nullif(current_setting('app.slip', true), '')"
_DEVICE_HELD = "token_hash = nullif(current_setting('app.device', true), '')"


class Slip(TenantTable):
    """A code on paper with which one person binds one telephone, once. Of the code there is a keyed hash only.

    Looked up by its code before anybody is known; otherwise it is for those who look after the member.
    """

    __tablename__ = "slips"
    protect = protection(
        "tenant", history=False, holder=_SLIP_HELD,
        rules={
            "select": f"{_SLIP_HELD} or {OWN_ROW} or {LOOKED_AFTER.format(table='slips')}",
            "insert": LOOKED_AFTER.format(table="slips"),
            "update": f"{OWN_ROW} or {LOOKED_AFTER.format(table='slips')}",
        },
    )  # fmt: skip
    rules = (
        tenant_fk("membership_id", "memberships"),
        tenant_fk("institution_id", "institutions"),
        tenant_fk("issued_by", "memberships"),
        Index("uq_slips_code_hash", "code_hash", unique=True),
        tenant_index("slips", "membership_id", unique=True,
                     postgresql_where=text("used_at is null and voided_at is null")),
        CheckConstraint("used_at is null or voided_at is null", name="one_end"),
        CheckConstraint("expires_at <= recorded_at + interval '7 days'", name="a_week"),
    )  # fmt: skip

    membership_id: Mapped[UUID]
    institution_id: Mapped[UUID | None]
    """Where the person was based when it was issued: elsewhere it is no good."""
    code_hash: Mapped[str]
    issued_by: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]


class BoundDevice(TenantTable):
    """One person on one telephone, for 30 days. The browser holds the token; the database its SHA-256, and of the PIN
    a keyed hash into which the token goes: without the telephone there is nothing to try PINs on.

    Found by its token before anybody is known; otherwise it is for its member and those who look after the member.
    """

    __tablename__ = "bound_devices"
    protect = protection(
        "tenant", history=False, holder=_DEVICE_HELD,
        rules={
            "select": f"{_DEVICE_HELD} or {OWN_ROW} or {LOOKED_AFTER.format(table='bound_devices')}",
            "insert": OWN_ROW,
            "update": f"{OWN_ROW} or {LOOKED_AFTER.format(table='bound_devices')}",
        },
    )  # fmt: skip
    rules = (
        tenant_fk("membership_id", "memberships"),
        tenant_fk("institution_id", "institutions"),
        tenant_fk("slip_id", "slips"),
        Index("uq_bound_devices_token_hash", "token_hash", unique=True),
        CheckConstraint("tries between 0 and 5", name="tries"),
        CheckConstraint("expires_at <= bound_at + interval '30 days'", name="thirty_days"),
    )

    membership_id: Mapped[UUID]
    institution_id: Mapped[UUID | None]
    slip_id: Mapped[UUID]
    token_hash: Mapped[str]
    pin_hash: Mapped[str]
    tries: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    """Wrong PINs since the last right one; the fifth locks."""
    user_agent: Mapped[str | None]
    bound_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
