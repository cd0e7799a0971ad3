"""Whoever acts now: one account under one membership."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from samoe.identity.permissions import Permission
from samoe.identity.roles import ROLES
from samoe.tenancy import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """An account acting in a tenant. ``district_codes``/``group_slugs`` of None mean all of them."""

    tenant_id: int
    tenant_slug: str
    tenant_kind: str
    tenant_name_th: str
    tenant_name_en: str
    role: str
    name: str
    account_id: UUID | None = None
    membership_id: UUID | None = None
    locale: str = "th"
    area_mask: int = EVERYTHING
    group_mask: int = EVERYTHING
    group_slugs: tuple[str, ...] | None = None
    district_codes: tuple[str, ...] | None = None
    institution_ids: tuple[UUID, ...] | None = None
    own_caseload: bool = False
    is_demo: bool = False
    proved_at: datetime | None = None
    permissions: frozenset[Permission] = field(default=frozenset())

    def __post_init__(self) -> None:
        if not self.permissions:
            object.__setattr__(self, "permissions", ROLES[self.role].may)

    def may(self, permission: str) -> bool:
        """For templates and menus: whether to offer something. Actions call ``require``."""
        return Permission(permission) in self.permissions

    @property
    def national(self) -> bool:
        return ROLES[self.role].national

    @property
    def scope(self) -> Scope:
        """What the database will let this actor reach."""
        return Scope(
            tenant_id=self.tenant_id,
            area_mask=self.area_mask,
            group_mask=self.group_mask,
            own_all=self.institution_ids is None and not self.own_caseload,
            institutions=self.institution_ids or (),
            worker=self.membership_id if self.own_caseload else None,
            actor_id=self.membership_id,
            national=self.national,
        )
