"""What the members pages show beside the members themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.i18n import gettext as _
from samoe.i18n import pick
from samoe.identity import Actor
from samoe.identity.roles import ROLES, Role
from samoe.targetgroups.enabling import enabled
from samoe.tenancy import areas
from samoe.tenancy.areas import AreaName
from samoe.tenancy.tenants import tenant

SCOPES = {
    "tenant": "ทั้งหน่วยงาน", "districts": "เฉพาะอำเภอที่เลือก", "institution": "เฉพาะสถานศึกษาที่เลือก",
    "caseload": "เฉพาะรายที่มอบหมาย", "national": "ยอดรวมทั่วประเทศ ไม่เห็นรายชื่อ", "none": "ไม่เห็นข้อมูลบุคคล",
}  # fmt: skip


FAULT_WORDS = {
    "away": "ระบบยืนยันตัวตนไม่ตอบ ระบบจะลองใหม่เองเรื่อย ๆ ไม่ต้องทำอะไร",
    "mail": "ระบบยืนยันตัวตนส่งอีเมลไม่ได้ ระบบจะลองใหม่เอง ถ้านานเกินหนึ่งชั่วโมง ให้ตรวจอีเมลว่าถูกต้อง แล้วแจ้งผู้ดูแลบริการ",
    "taken": "อีเมลนี้เป็นของผู้ใช้อื่นในระบบยืนยันตัวตน ถามเจ้าของบัญชีว่าใช้อีเมลใด แล้วแจ้งผู้ดูแลบริการ",
    "refused": "ระบบยืนยันตัวตนไม่ให้เสมอแก้ทะเบียนสมาชิก แจ้งผู้ดูแลบริการ ระบบจะลองใหม่เอง",
    "no_address": "บัญชีนี้ไม่มีอีเมล จึงเชิญไม่ได้ เพิ่มเป็นบัญชีใหม่ด้วยอีเมล หรือให้ผู้ดูแลบริการผูกบัญชีให้",
}
"""What stands in the way of agreement with the directory, and what to do."""


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """A role that may be given here, with how far it reaches and what it cannot be held together with."""

    role: Role
    reach: str
    excludes: tuple[str, ...]


def role_choices(tenant_kind: str) -> list[RoleChoice]:
    """The roles of this kind of tenant, in the order of the role table."""
    return [
        RoleChoice(
            role,
            _(SCOPES[role.scope]),
            tuple(
                other.name
                for other in ROLES.values()
                if (other.slug in role.excludes or role.slug in other.excludes) and other.held_in(tenant_kind)
            ),
        )
        for role in ROLES.values()
        if role.held_in(tenant_kind)
    ]


def groups_by_slug(db: Session, actor: Actor) -> dict[str, str]:
    """The target groups that may be given here: those that are on, with their names. The fund has none."""
    if actor.national:
        return {}
    return {group.slug: pick(group.manifest.name.th, group.manifest.name.en) for group in enabled(db)}


def districts(db: Session, actor: Actor) -> tuple[AreaName, ...]:
    """The districts of the actor's province; none for the fund."""
    return areas.districts(tenant(db, actor.tenant_id).province_code or "")


def merged(kept: Iterable[UUID], shown: Iterable[UUID], ticked: Iterable[UUID]) -> tuple[UUID, ...]:
    """Institutions after a page of them was ticked: those of other pages stay as they were."""
    on_page, wanted = list(shown), set(ticked)
    return tuple([one for one in kept if one not in on_page] + [one for one in on_page if one in wanted])
