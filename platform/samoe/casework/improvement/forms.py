"""A line of an improvement plan, as typed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from samoe.kit.reading import Reading, Sent

NOT_FAILING = "ข้อนี้ไม่ได้อยู่ในข้อที่ต้องปรับปรุงจากผลประเมินล่าสุด เลือกข้อที่ต้องปรับปรุง"


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be done about an item."""

    item: str
    action: str
    budget: int
    due_on: date
    responsible: str


def read_planned(sent: Sent, items: Collection[str], today: date) -> Planned:
    """One line; every part of it is needed, so that somebody can answer for it."""
    reading = Reading(sent)
    item = reading.text("item", required="เลือกข้อที่จะปรับปรุง")
    if item and item not in items:
        reading.fault("item", NOT_FAILING)
    action = reading.text("action", required="บอกสิ่งที่จะทำ", longest=1000)
    budget = reading.money("budget", required="กรอกงบประมาณ ใส่ 0 ถ้าไม่ใช้เงิน")
    due = reading.day("due_on", required="กรอกวันที่จะแล้วเสร็จ")
    responsible = reading.text("responsible", required="บอกชื่อหรือตำแหน่งผู้รับผิดชอบ")
    reading.check()
    return Planned(item, action, budget or 0, due or today, responsible)
