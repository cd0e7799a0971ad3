"""What one account is, and where: read with the account's own right, before any tenant is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.identity.roles import role_name
from samoe.tenancy.areas import name_of
from samoe.tenancy.session import set_local

_CHOICES = text(
    "select m.tenant_id, m.id as membership_id, m.role, m.district_codes, m.ends_on,"
    " t.slug as tenant_slug, t.kind, t.name_th, t.name_en"
    " from memberships m join tenants t on t.id = m.tenant_id"
    " where m.account_id = :account and m.disabled_at is null"
    " and m.starts_on <= (now() at time zone 'Asia/Bangkok')::date"
    " and (m.ends_on is null or m.ends_on >= (now() at time zone 'Asia/Bangkok')::date)"
    " order by t.id, m.recorded_at, m.id"
)

REHEARSAL = "rehearsal"
"""The kind of a tenant in which everything is made up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One membership that an account may act under today."""

    tenant_id: int
    membership_id: UUID
    role: str
    district_codes: tuple[str, ...] | None
    ends_on: date | None
    tenant_slug: str
    kind: str
    name_th: str
    name_en: str

    @property
    def tenant_name(self) -> str:
        return pick(self.name_th, self.name_en)

    @property
    def role_name(self) -> str:
        return role_name(self.role)

    def areas(self, locale: str) -> tuple[str, ...]:
        """The names of the districts it is narrowed to; nothing for the whole tenant."""
        return tuple(name_of(code, locale) for code in self.district_codes or ())


@contextmanager
def as_account(db: Session, account_id: UUID) -> Iterator[None]:
    """Let this transaction reach the account's own memberships and sessions, in whatever tenants, for a moment.

    Only for an account that has proved who it is, for the account of the session that is acting, or to end the
    sessions of an account that the actor may close.
    """
    set_local(db, app__account=account_id)
    yield
    set_local(db, app__account="")


def choices(db: Session, account_id: UUID) -> list[Choice]:
    """The memberships of an account that are in force today, in all tenants."""
    with as_account(db, account_id):
        found = db.execute(_CHOICES, {"account": account_id}).mappings().all()
    return [
        Choice(**{**row, "district_codes": None if row["district_codes"] is None else tuple(row["district_codes"])})
        for row in found
    ]
