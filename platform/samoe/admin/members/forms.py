"""What a keeper of members types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.identity.roles import ROLES
from samoe.identity.scopes import Reach
from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent

NEW, KNOWN = "new", "known"


@dataclass(frozen=True, slots=True)
class MemberForm:
    """A new membership, for a new account or for one that is there."""

    account: str
    username: str
    name: str
    role: str
    reach: Reach
    position: str
    ends_on: date | None


def read_member(sent: Sent, roles: Collection[str], districts: Collection[str], groups: Collection[str]) -> MemberForm:
    """Raises ``Problems`` for what is missing: a role for districts needs at least one."""
    reading = Reading(sent)
    account = reading.one_of("account", (NEW, KNOWN), required="เลือกว่าเป็นบัญชีใหม่หรือมีบัญชีอยู่แล้ว") or NEW
    role = reading.one_of("role", roles, required="เลือกบทบาท") or ""
    chosen = reading.some_of("districts", districts)
    form = MemberForm(
        account=account,
        username=reading.text("username", required="ใส่ชื่อบัญชี", longest=64),
        name=reading.text("name", required="ใส่ชื่อและนามสกุล", longest=120),
        role=role,
        reach=Reach(districts=tuple(chosen) or None, groups=tuple(reading.some_of("groups", groups)) or None),
        position=reading.text("position", longest=200),
        ends_on=reading.day("ends_on"),
    )
    _refuse_without_districts(reading, role, chosen)
    reading.check()
    return form


def read_role(
    sent: Sent, roles: Collection[str], districts: Collection[str], groups: Collection[str]
) -> tuple[str, Reach, int]:
    """Another role with its reach, and the version that the keeper saw."""
    reading = Reading(sent)
    role = reading.one_of("role", roles, required="เลือกบทบาท") or ""
    chosen = reading.some_of("districts", districts)
    reach = Reach(districts=tuple(chosen) or None, groups=tuple(reading.some_of("groups", groups)) or None)
    _refuse_without_districts(reading, role, chosen)
    reading.check()
    return role, reach, _version(sent)


def _refuse_without_districts(reading: Reading, role: str, chosen: Collection[str]) -> None:
    if role and ROLES[role].scope == "districts" and not chosen:
        reading.fault("districts", "บทบาทนี้ทำงานรายอำเภอ เลือกอย่างน้อยหนึ่งอำเภอ")


def read_end(sent: Sent) -> tuple[date | None, int]:
    """The last day, or none; and the version that the keeper saw."""
    reading = Reading(sent)
    ends_on = reading.day("ends_on")
    reading.check()
    return ends_on, _version(sent)


def read_reason(sent: Sent) -> str:
    """Why a membership is taken away or given back."""
    reading = Reading(sent)
    reason = reading.text("reason", required="บอกเหตุผลสั้น ๆ เช่น ย้ายงาน", longest=300)
    reading.check()
    return reason


def read_institutions(sent: Sent) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """The institutions that were on the page, and those of them that are ticked."""
    try:
        return tuple(UUID(x) for x in sent.all("shown")), tuple(UUID(x) for x in sent.all("institution"))
    except ValueError:
        raise Problem("ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี", field="institution") from None


def _version(sent: Sent) -> int:
    typed = sent.text("row_version")
    return int(typed) if typed.isascii() and typed.isdecimal() else 0
