"""Accounts, memberships and sessions.

An account is a person who can sign in; it belongs to no tenant. A membership says what that person is in one tenant:
role, districts, target groups, institutions, and until when. A session acts under exactly one membership.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text, Uuid

from samoe.db.protection import BY_THEM, WITHIN, protection
from samoe.db.table import Base, TenantTable, new_id, tenant_fk, tenant_index
from samoe.identity.roles import ROLES
from samoe.kit.thai import sort_key


def _dictionary_place(context: Any) -> str:
    return sort_key(context.get_current_parameters()["display_name"])


class Account(Base):
    """A person who can sign in. ``subject`` is the identity provider's id; local accounts have a password hash.

    Usernames are kept folded (``samoe.identity.accounts.fold``). The fund's database role may read everything but the
    hash (0003_members.sql).
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("username = lower(username) and username !~ '\\s' and username <> ''", name="username"),
        CheckConstraint("issuer = 'local' or subject is not null", name="subject"),
        UniqueConstraint("issuer", "subject", name="uq_accounts_issuer_subject"),
        {"info": protection("global")},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(default=_dictionary_place, server_default="")
    issuer: Mapped[str] = mapped_column(server_default="local")
    subject: Mapped[str | None]
    password_hash: Mapped[str | None]
    password_set_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """The password was chosen by someone else: the first sign-in asks for a new one."""
    locale: Mapped[str] = mapped_column(server_default="th")
    is_demo: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class SignInAttempt(Base):
    """A failed sign-in, kept for the rate limit only and swept after a day. ``key`` is a keyed hash of the account or
    the peer: neither name nor address is kept."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_key_at", "key", "at"),
        {"info": protection("global", history=False)},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class RoleExclusion(Base):
    """Two roles that one person may not hold at the same time, both ways round. Filled from ``roles.toml`` by the
    migration and read by the trigger ``refuse_excluded_roles``."""

    __tablename__ = "role_exclusions"
    __table_args__ = (PrimaryKeyConstraint("role", "other"), {"info": protection("global", fund="read")})

    role: Mapped[str]
    other: Mapped[str]


_BY_SLIP = ", ".join(f"'{slug}'" for slug, role in ROLES.items() if role.slip)
_KEPT = f"(memberships.role in ({_BY_SLIP}) and {WITHIN.format(m='memberships')})"
_KEPT_OR_OWN = f"{BY_THEM.format(column='memberships.id')} or {_KEPT}"
"""Which roles a part of the tenant may give is in the database, too (tests/unit/identity/test_roles.py)."""


class Membership(TenantTable):
    """What an account is in one tenant. NULL ``district_codes``, ``group_slugs`` or ``institution_ids`` means all of
    them; an empty list, none. Ended by a date, never deleted: audit and history speak of it.

    A member with a part of the tenant writes memberships for own cases only that lie within that part. Their own they
    hold while they write elsewhere (``samoe.identity.unchanged``), and cannot change."""

    __tablename__ = "memberships"
    protect = protection(
        "tenant", fund="own", rules={"insert": _KEPT, "update": _KEPT_OR_OWN, "becomes": _KEPT, "delete": _KEPT}
    )
    rules = (
        tenant_index("memberships", "account_id"),
        tenant_fk("based_at", "institutions"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="dates"),
        CheckConstraint("(district_codes is null) = (area_mask = -1)", name="area_mask"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str]
    district_codes: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    area_mask: Mapped[int] = mapped_column(BigInteger)
    group_slugs: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    institution_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    own_caseload: Mapped[bool] = mapped_column(server_default=text("false"))
    partner_id: Mapped[UUID | None]
    position: Mapped[str | None]
    starts_on: Mapped[date] = mapped_column(server_default=text("current_date"))
    ends_on: Mapped[date | None]
    disabled_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(server_default=text("1"))
    based_at: Mapped[UUID | None]
    """The institution where the person works, whose head looks after how they sign in. It widens nobody's reach."""


class SignedInSession(Base):
    """A server-side session. The browser holds the token; the database only its SHA-256.

    The row is readable by its own token (setting ``app.session``) or inside its tenant.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_account_id", "account_id"),
        tenant_index("sessions", "membership_id"),
        tenant_fk("membership_id", "memberships"),
        UniqueConstraint("tenant_id", "token_hash"),
        tenant_index("sessions", "device_id", postgresql_where=text("device_id is not null")),
        tenant_fk("device_id", "bound_devices"),
        {"info": protection("session", history=False)},
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[int] = mapped_column(SmallInteger)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    membership_id: Mapped[UUID]
    csrf_token: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    last_seen_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    proved_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str | None]
    sid: Mapped[str | None]
    """The session at the identity provider, which may tell us to end ours."""
    refresh: Mapped[str | None]
    """Encrypted; asked for anew every few minutes."""
    renewed_at: Mapped[datetime | None]
    second_factor: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    """The person showed more than a password."""
    device_id: Mapped[UUID | None]
    """The device with whose PIN the session began (``samoe.identity.slips``): it ends when the device is no good."""


class SecondFactor(Base):
    """What a local account shows beside its password: codes of a telephone's app, and ten codes for when it is lost.

    The row is readable by its own account only (setting ``app.account``). The key is sealed with the service's
    secret, and of a recovery code there is a keyed hash. Not in force until a first code has confirmed it.
    """

    __tablename__ = "second_factors"
    __table_args__ = ({"info": protection("account", history=False)},)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sealed_key: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    """The half-minute of the last code that was taken: a code of that one, or of an earlier one, is not taken."""
    recovery_hashes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))


class IdempotencyKey(TenantTable):
    """A write form that was already carried out, and where its sender was sent then."""

    __tablename__ = "idempotency_keys"
    protect = protection("tenant", history=False, fund="own")
    rules = (tenant_index("idempotency_keys", "actor_id", "key", unique=True),)

    actor_id: Mapped[UUID]
    key: Mapped[str]
    request_hash: Mapped[str]
    location: Mapped[str | None]
    status: Mapped[int] = mapped_column(SmallInteger, server_default=text("303"))


class KeptWords(TenantTable):
    """What somebody typed to search for, under a short key that stands in the address in its place.

    Only the account reads it, and only in the session in which it was typed: it goes with that session
    (0020_kept_words.sql).
    """

    __tablename__ = "kept_words"
    protect = protection("tenant", history=False, recipient="account_id", fund="own")
    rules = (
        ForeignKeyConstraint(
            ["tenant_id", "token_hash"], ["sessions.tenant_id", "sessions.token_hash"],
            ondelete="CASCADE", onupdate="CASCADE",
        ),
        tenant_index("kept_words", "token_hash", "key", unique=True),
    )  # fmt: skip

    account_id: Mapped[UUID]
    token_hash: Mapped[str]
    key: Mapped[str]
    words: Mapped[str]
