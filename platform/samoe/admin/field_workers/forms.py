"""What is typed about those who sign in with a slip."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samoe.kit.problem import Problem
from samoe.kit.reading import Reading, Sent

NOWHERE = "none"
"""Based at no institution: a volunteer of the province or of an organisation."""


@dataclass(frozen=True, slots=True)
class WorkerForm:
    """A new one."""

    name: str
    role: str
    based_at: UUID | None
    ends_on: date | None


def read_worker(sent: Sent, roles: Collection[str], places: Collection[str]) -> WorkerForm:
    """Raises ``Problems`` for what is missing."""
    reading = Reading(sent)
    only = next(iter(roles)) if len(roles) == 1 else ""
    form = WorkerForm(
        name=reading.text("name", required="ใส่ชื่อและนามสกุล", longest=120),
        role=only or reading.one_of("role", roles, required="เลือกบทบาท") or "",
        based_at=_place(reading, places), ends_on=reading.day("ends_on"),
    )  # fmt: skip
    reading.check()
    return form


def read_place(sent: Sent, places: Collection[str]) -> tuple[UUID | None, int]:
    """Where somebody is to be based, and the version that was seen."""
    reading = Reading(sent)
    based_at = _place(reading, places)
    reading.check()
    typed = sent.text("row_version")
    return based_at, int(typed) if typed.isascii() and typed.isdecimal() else 0


def read_reason(sent: Sent) -> str:
    """Why a membership is taken away."""
    reading = Reading(sent)
    reason = reading.text("reason", required="บอกเหตุผลสั้น ๆ เช่น ย้ายงาน", longest=300)
    reading.check()
    return reason


def read_filter(typed: str) -> UUID | None:
    """The institution that a list is narrowed to; none for what is no id."""
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise Problem("ไม่มีตัวเลือกนี้ เลือกจากรายการที่มี", field="institution") from None


def _place(reading: Reading, places: Collection[str]) -> UUID | None:
    chosen = reading.one_of("institution", places, required="เลือกศูนย์หรือสถานศึกษา")
    return UUID(chosen) if chosen and chosen != NOWHERE else None
