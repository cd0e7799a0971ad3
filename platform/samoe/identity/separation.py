"""Which duties must be held by different persons, and whether there are enough of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from samoe.identity.member_list import role_counts
from samoe.identity.permissions import Permission
from samoe.identity.roles import ROLES, role_name

PROVINCE_DUTIES = (
    (Permission.REQUEST_SUBMIT, 1, "ยื่นคำขอ", "ผู้ยื่นคำขอต้องไม่ใช่คนเดียวกับผู้จ่าย"),
    (Permission.BATCH_PREPARE, 1, "เตรียมชุดจ่าย", "การจ่ายเริ่มที่คนนี้ และต้องมีอีกคนตรวจ"),
    (Permission.BATCH_CHECK, 2, "ตรวจชุดจ่าย", "ผู้ตรวจต้องไม่ใช่ผู้เตรียม"),
    (Permission.BATCH_SIGN, 2, "ลงนามสั่งจ่าย", "การจ่ายต้องลงนามสองคน"),
    (Permission.PRIVACY_MANAGE, 1, "คุ้มครองข้อมูลส่วนบุคคล", "กฎหมายให้มีผู้รับเรื่องจากเจ้าของข้อมูล"),
)
FUND_DUTIES = (
    (Permission.REQUEST_REVIEW, 1, "ตรวจคำขอ", "ผู้ตรวจต้องไม่ใช่ผู้อนุมัติ"),
    (Permission.REQUEST_APPROVE, 1, "อนุมัติคำขอ", "ผู้อนุมัติต้องไม่ใช่ผู้โอน"),
    (Permission.TRANSFER_SEND, 1, "โอนงวดเงิน", "ผู้โอนต้องไม่ใช่ผู้อนุมัติ"),
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, how many persons hold a role that may do it, and how many there must be. The words are to be translated;
    ``roles`` are those held, by name."""

    words: str
    why: str
    held: int
    least: int
    roles: tuple[str, ...]

    @property
    def filled(self) -> bool:
        return self.held >= self.least


def duties(db: Session, today: date, *, of_fund: bool = False) -> tuple[Duty, ...]:
    """The duties of the current tenant, as they are held today."""
    held = role_counts(db, today)
    return tuple(_duty(held, *duty) for duty in (FUND_DUTIES if of_fund else PROVINCE_DUTIES))


def _duty(held: Mapping[str, int], permission: Permission, least: int, words: str, why: str) -> Duty:
    roles = [role.slug for role in ROLES.values() if permission in role.may and held.get(role.slug)]
    return Duty(words, why, sum(held[slug] for slug in roles), least, tuple(role_name(slug) for slug in roles))
