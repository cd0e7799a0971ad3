"""The accounts of the demonstration, one for each role, from ``tenants/demo-accounts.toml``.

Passwords are made when an account is made and given back once; only their hashes are kept.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from samoe.identity import accounts
from samoe.identity.members import add_member
from samoe.identity.models import Account, Membership
from samoe.identity.restore import system_actor
from samoe.identity.roles import ROLES
from samoe.identity.scopes import Reach
from samoe.identity.sessions import request_session
from samoe.settings import Settings, SettingsError
from samoe.tenancy import Scope, tenant_session
from samoe.tenancy.models import Tenant

FILE = "demo-accounts.toml"
TEXT = "demo-accounts.txt"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry of the file. ``institutions``, ``based`` and ``caseload`` are filled once demo data is there."""

    username: str
    name: str
    tenant: str
    role: str
    note_th: str
    note_en: str
    districts: tuple[str, ...] | None
    groups: tuple[str, ...] | None
    institutions: dict[str, Any] | None
    based: dict[str, Any] | None
    caseload: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class MadeAccount:
    """An account just made. ``password`` is in clear here and nowhere else."""

    username: str
    password: str
    role: str
    tenant: str
    note: str


@cache
def wanted(tenants: Path) -> tuple[Wanted, ...]:
    """The file's entries."""
    kept = tomllib.loads((tenants / FILE).read_text(encoding="utf-8"))
    return tuple(
        Wanted(
            username=entry["username"], name=entry["name"], tenant=entry["tenant"], role=entry["role"],
            note_th=entry["note"]["th"], note_en=entry["note"]["en"],
            districts=tuple(entry["districts"]) if "districts" in entry else None,
            groups=tuple(entry["groups"]) if "groups" in entry else None,
            institutions=entry.get("institutions"), based=entry.get("based"), caseload=entry.get("caseload"),
        )
        for entry in kept["accounts"]
    )  # fmt: skip


def ensure_demo_accounts(settings: Settings) -> list[MadeAccount] | None:
    """Make the demo accounts that are missing; those made now with their passwords, or None when none was.

    An account of a province that is not open is left out. An account that exists keeps its password.
    """
    if settings.production:
        raise SettingsError("Demo accounts are not for production (SAMOE_PRODUCTION is on).")
    made: list[MadeAccount] = []
    with request_session(settings) as db:
        tenants = {tenant.slug: tenant for tenant in db.scalars(select(Tenant))}
    for slug, tenant in tenants.items():
        asked = [entry for entry in wanted(settings.tenants) if entry.tenant == slug]
        if asked:
            with tenant_session(Scope(tenant.id), settings) as db:
                made.extend(filter(None, (_ensure(db, tenant, entry) for entry in asked)))
    return made or None


def keep_demo_accounts(settings: Settings) -> list[MadeAccount] | None:
    """As ``ensure_demo_accounts``, and write what was made into ``<home>/demo-accounts.txt``, which its owner can read.

    Nowhere else are these passwords in clear. Accounts of provinces that opened later are added to the file.
    """
    made = ensure_demo_accounts(settings)
    if made:
        path = settings.home / TEXT
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = path.exists()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(told(made, with_heading=not begun))
    return made


def told(made: Iterable[MadeAccount], *, with_heading: bool = True) -> str:
    """Accounts as lines to print: name to sign in with, password, role, what it is for."""
    lines = [
        f"{one.username:<20} {one.password:<34} {ROLES[one.role].en:<28} {one.tenant:<8} {one.note}" for one in made
    ]
    heading = ["Demo accounts / บัญชีสาธิต", f"{'username':<20} {'password':<34} {'role':<28} {'place':<8} note"]
    return "\n".join([*(heading if with_heading else []), *lines]) + "\n"


def _ensure(db: Session, tenant: Tenant, entry: Wanted) -> MadeAccount | None:
    if accounts.find(db, entry.username) is not None:
        return None
    account = accounts.create(db, username=entry.username, name=entry.name, must_change=False, is_demo=True)
    reach = Reach(districts=entry.districts, groups=entry.groups)
    add_member(db, system_actor(tenant), account_id=account.id, role=entry.role, reach=reach, position=entry.note_th)
    return MadeAccount(account.username, account.password, entry.role, tenant.slug, entry.note_th)


def demo_member(db: Session, username: str) -> UUID | None:
    """The membership of a demo account in the current tenant."""
    asked = (
        select(Membership.id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.username == username, Account.is_demo, Membership.disabled_at.is_(None))
    )
    return db.execute(asked.limit(1)).scalar_one_or_none()


def refuse_demo_accounts(settings: Settings) -> None:
    """Raise ``SettingsError`` when a production copy holds demo accounts that can still sign in."""
    if not settings.production:
        return
    with request_session(settings) as db:
        found = db.execute(text("select count(*) from accounts where is_demo and disabled_at is null")).scalar_one()
    if found:
        raise SettingsError(
            f"This database holds {found} demo accounts and SAMOE_PRODUCTION is on."
            " Disable them first: samoe accounts disable --demo"
        )
