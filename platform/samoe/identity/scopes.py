"""How far a role reaches for one person: what must be said when it is given, and what the database then holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samoe.identity.roles import ROLES, Role
from samoe.kit.problem import Problem
from samoe.tenancy import EVERYTHING
from samoe.tenancy.areas import find, name_of
from samoe.tenancy.models import area_mask


@dataclass(frozen=True, slots=True)
class Reach:
    """What a membership is narrowed to. None means all of it; an empty tuple, nothing."""

    districts: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    institutions: tuple[UUID, ...] | None = None

    def columns(self, role: Role) -> dict[str, Any]:
        """The columns of ``memberships`` for this reach under a role. What a role needs and is not given is nothing."""
        narrow = {
            "tenant": self,
            "national": Reach(),
            "none": Reach((), (), ()),
            "districts": Reach(self.districts or (), self.groups),
            "institution": Reach(self.districts, self.groups, self.institutions or ()),
            "caseload": self,
        }[role.scope]
        return {
            "district_codes": None if narrow.districts is None else list(narrow.districts),
            "area_mask": EVERYTHING if narrow.districts is None else area_mask(list(narrow.districts)),
            "group_slugs": None if narrow.groups is None else list(narrow.groups),
            "institution_ids": None if narrow.institutions is None else list(narrow.institutions),
            "own_caseload": role.scope == "caseload",
        }


def role_for(slug: str, tenant_kind: str) -> Role:
    """The role, if it ships and exists in this kind of tenant; a ``Problem`` at the field ``role`` otherwise."""
    role = ROLES.get(slug)
    if role is None or not role.held_in(tenant_kind):
        raise Problem("เลือกบทบาทจากรายการ", field="role")
    return role


def refuse_foreign_districts(districts: tuple[str, ...] | None, province_code: str | None) -> None:
    """Raise ``Problem`` for a code that is no district of this province."""
    for code in districts or ():
        area = find(code)
        if area is None or area.kind != "district" or area.parent_code != province_code:
            raise Problem(
                "รหัสอำเภอ %(code)s ไม่อยู่ในจังหวัด%(province)s",
                field="districts", code=code, province=name_of(province_code),
            )  # fmt: skip
