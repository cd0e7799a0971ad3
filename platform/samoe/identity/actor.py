"""Whoever acts now: one account under one membership."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from samoe.i18n import gettext, pick
from samoe.identity.permissions import Permission
from samoe.identity.roles import ROLES, role_name
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
    second_factor: bool = False
    given: str | None = None
    """Which state of the membership this was read from; None where nobody asks (``samoe.identity.unchanged``)."""
    device_id: UUID | None = None
    permissions: frozenset[Permission] = field(default=frozenset())

    def __post_init__(self) -> None:
        if not self.permissions:
            object.__setattr__(self, "permissions", ROLES[self.role].may)

    @classmethod
    def of_row(cls, row: RowMapping) -> Actor:
        """The actor that ``open_membership`` or ``open_session`` of the database tells of."""
        return cls(
            tenant_id=row["tenant_id"], tenant_slug=row["tenant_slug"], tenant_kind=row["tenant_kind"],
            tenant_name_th=row["name_th"], tenant_name_en=row["name_en"], role=row["role"],
            name=row["display_name"], account_id=row["account_id"], membership_id=row["membership_id"],
            locale=row["locale"], area_mask=row["area_mask"], group_mask=row["group_mask"],
            group_slugs=_tuple(row["group_slugs"]), district_codes=_tuple(row["district_codes"]),
            institution_ids=_tuple(row["institution_ids"]), own_caseload=row["own_caseload"],
            is_demo=row["is_demo"], proved_at=row.get("proved_at"), second_factor=bool(row.get("second_factor")),
            given=row.get("given"),
            device_id=row.get("device_id"),
        )  # fmt: skip

    def may(self, permission: str) -> bool:
        """For templates and menus: whether to offer something. Actions call ``require``."""
        return Permission(permission) in self.permissions

    @property
    def by_pin(self) -> bool:
        """Whether this session began with a PIN on a bound telephone: daily work, nothing that asks for more."""
        return self.device_id is not None

    @property
    def national(self) -> bool:
        """Whether the work goes through the database role that sees no persons."""
        role = ROLES.get(self.role)
        return role is not None and role.national

    @property
    def tenant_name(self) -> str:
        """The name of the province or the fund, in the language of the moment."""
        return pick(self.tenant_name_th, self.tenant_name_en)

    @property
    def role_name(self) -> str:
        """The name of the role, in the language of the moment."""
        return role_name(self.role)

    @property
    def reach(self) -> str:
        """How far this actor sees, in a few words of the language of the moment."""
        if self.national:
            return gettext("ทั่วประเทศ · ยอดรวม")
        if self.area_mask == 0 and not self.district_codes:
            return gettext("ไม่เห็นข้อมูลบุคคล")
        if self.own_caseload:
            return gettext("จังหวัด · รายที่มอบหมาย")
        if self.institution_ids is not None:
            return gettext("จังหวัด · %(n)s แห่งที่ดูแล", n=len(self.institution_ids))
        if self.district_codes is not None:
            return gettext("จังหวัด · %(n)s อำเภอ", n=len(self.district_codes))
        return gettext("จังหวัด · ทุกอำเภอ")

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


def _tuple(values: list[Any] | None) -> tuple[Any, ...] | None:
    return None if values is None else tuple(values)
