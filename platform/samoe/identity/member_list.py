"""Who is a member of the current tenant, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from samoe.identity.models import Account, Membership, SignedInSession
from samoe.identity.roles import ROLES, role_name
from samoe.tenancy import current
from samoe.tenancy.areas import name_of

PAGE = 60


@dataclass(frozen=True, slots=True)
class Member:
    """One membership with its account, as the members page shows it."""

    id: UUID
    account_id: UUID
    username: str
    name: str
    sort_key: str
    role: str
    position: str | None
    district_codes: tuple[str, ...] | None
    group_slugs: tuple[str, ...] | None
    institutions: int | None
    own_caseload: bool
    starts_on: date
    ends_on: date | None
    disabled_at: datetime | None
    account_disabled_at: datetime | None
    is_demo: bool
    last_seen_at: datetime | None
    row_version: int

    @property
    def role_name(self) -> str:
        return role_name(self.role)

    def areas(self, locale: str) -> tuple[str, ...]:
        return tuple(name_of(code, locale) for code in self.district_codes or ())

    def state(self, today: date) -> str:
        """``disabled``, ``ended``, ``coming`` or ``active``."""
        if self.disabled_at or self.account_disabled_at:
            return "disabled"
        if self.ends_on is not None and self.ends_on < today:
            return "ended"
        return "coming" if self.starts_on > today else "active"


def _columns() -> tuple[ColumnElement[object], ...]:
    seen = (
        select(func.max(SignedInSession.last_seen_at))
        .where(SignedInSession.tenant_id == Membership.tenant_id, SignedInSession.membership_id == Membership.id)
        .scalar_subquery()
    )
    return (
        Membership.id, Membership.account_id, Account.username, Account.display_name.label("name"),
        Account.sort_key, Membership.role, Membership.position, Membership.district_codes, Membership.group_slugs,
        func.cardinality(Membership.institution_ids).label("institutions"), Membership.own_caseload,
        Membership.starts_on, Membership.ends_on, Membership.disabled_at,
        Account.disabled_at.label("account_disabled_at"), Account.is_demo, seen.label("last_seen_at"),
        Membership.row_version,
    )  # type: ignore[return-value]  # fmt: skip


def _member(row: object) -> Member:
    values = dict(row._mapping)  # type: ignore[attr-defined]
    for name in ("district_codes", "group_slugs"):
        values[name] = None if values[name] is None else tuple(values[name])
    return Member(**values)


def members(
    db: Session, *, role: str = "", search: str = "", today: date | None = None, after: UUID | None = None
) -> list[Member]:
    """In dictionary order; one more than ``PAGE`` tells that there is another page.

    ``today`` leaves out who is no longer a member; ``after`` is the last of the page before; nobody's id is the
    beginning.
    """
    asked = (
        select(*_columns())
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.tenant_id == current().tenant_id)
        .order_by(Account.sort_key, Membership.id)
        .limit(PAGE + 1)
    )
    if role:
        asked = asked.where(Membership.role == role)
    if search:
        like = f"%{search.replace('%', '').replace('_', ' ')}%"
        asked = asked.where(or_(Account.display_name.ilike(like), Account.username.ilike(like)))
    if today is not None:
        asked = asked.where(
            and_(Membership.disabled_at.is_(None), Account.disabled_at.is_(None)),
            or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
    if after is not None and (last := member(db, after)) is not None:
        asked = asked.where(tuple_(Account.sort_key, Membership.id) > (last.sort_key, last.id))
    return [_member(row) for row in db.execute(asked)]


def member(db: Session, member_id: UUID) -> Member | None:
    """One membership of the current tenant."""
    asked = (
        select(*_columns())
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.tenant_id == current().tenant_id, Membership.id == member_id)
    )
    row = db.execute(asked).one_or_none()
    return None if row is None else _member(row)


def role_counts(db: Session, today: date) -> dict[str, int]:
    """How many persons hold each role today (one person with two memberships of a role counts once)."""
    asked = (
        select(Membership.role, func.count(Membership.account_id.distinct()))
        .where(
            Membership.tenant_id == current().tenant_id, Membership.disabled_at.is_(None),
            Membership.starts_on <= today, or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
        )
        .group_by(Membership.role)
    )  # fmt: skip
    return {role: int(n) for role, n in db.execute(asked)}


def institutions_of(db: Session, member_id: UUID) -> tuple[UUID, ...]:
    """The institutions that a membership of the current tenant is for."""
    kept = db.execute(
        select(Membership.institution_ids).where(
            Membership.tenant_id == current().tenant_id, Membership.id == member_id
        )
    ).scalar_one_or_none()
    return tuple(kept or ())


def without_reach(db: Session, today: date) -> int:
    """How many members hold a role that must be narrowed and are narrowed to nothing."""
    narrowed = [slug for slug, role in ROLES.items() if role.scope in {"districts", "institution"}]
    m = Membership
    asked = select(func.count()).where(
        m.tenant_id == current().tenant_id, m.role.in_(narrowed), m.disabled_at.is_(None),
        or_(m.ends_on.is_(None), m.ends_on >= today),
        or_(m.area_mask == 0, func.cardinality(m.institution_ids) == 0),
    )  # fmt: skip
    return db.execute(asked).scalar_one()


def name_of_member(membership: Any) -> Any:
    """Whose membership of this tenant a column names, as something to select."""
    return (
        select(Account.display_name)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.tenant_id == current().tenant_id, Membership.id == membership)
        .scalar_subquery()
    )


def member_name(db: Session, member_id: UUID) -> str | None:
    """Whose membership of this tenant it is."""
    found: str | None = db.scalar(select(name_of_member(member_id)))
    return found
