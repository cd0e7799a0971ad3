"""Who acts in a rehearsal: one made-up person for each duty. They have accounts, so that duties are divided as they are
in earnest, and nobody can sign in with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from samoe.db.table import new_id
from samoe.demo.acting import Cast
from samoe.identity import Actor
from samoe.identity.models import Account
from samoe.identity.roles import ROLES
from samoe.tenancy.tenants import TenantName

ACTING = {
    "province_lead": 1, "province_officer": 1, "finance_officer": 2, "signatory": 5,
    "fund_reviewer": 1, "fund_approver": 1, "fund_finance": 1,
}  # fmt: skip
"""How many there are of each role."""
NAME = "ผู้ซ้อม (%s %s)"


def username(role: str, number: int) -> str:
    return f"rehearsal.{role}.{number + 1}"


def engage(db: Session) -> None:
    """Make the accounts that are missing. All rehearsals share them, and they are closed from the beginning."""
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(), "username": username(role, number), "display_name": NAME % (ROLES[role].th, number + 1),
            "sort_key": "", "issuer": "local", "disabled_at": func.now(),
        }
        for role, count in ACTING.items()
        for number in range(count)
    ]  # fmt: skip
    for row in rows:
        db.execute(insert(Account).values(**row).on_conflict_do_nothing())


@dataclass
class Troupe(Cast):
    """The made-up people of one rehearsal and of its fund."""

    tenants: tuple[TenantName, ...] = ()
    accounts: dict[str, UUID] | None = None

    def actor(self, tenant_id: int, *roles: str, number: int = 0) -> Actor:
        """Whoever has the first of these roles that somebody has here; else the service."""
        for role in roles:
            if number < ACTING.get(role, 0):
                return self._acting(tenant_id, role, number)
        return self.service(tenant_id)

    def _acting(self, tenant_id: int, role: str, number: int) -> Actor:
        at = next(one for one in self.tenants if one.id == tenant_id)
        return Actor(
            tenant_id=at.id, tenant_slug=at.slug, tenant_kind=at.kind, tenant_name_th=at.th, tenant_name_en=at.en,
            role=role, name=NAME % (ROLES[role].th, number + 1),
            account_id=(self.accounts or {})[username(role, number)],
        )  # fmt: skip


def engaged(db: Session) -> dict[str, UUID]:
    """The accounts of those who act, by name."""
    rows = db.execute(select(Account.username, Account.id).where(Account.username.startswith("rehearsal.")))
    return {row.username: row.id for row in rows}
