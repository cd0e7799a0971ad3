"""Moving a state, or saving what somebody edited: a conditional update that must change exactly one row."""

from __future__ import annotations

from typing import Any

from samoe.kit.problem import Conflict

CHANGED_SINCE = "มีคนแก้รายการนี้ก่อนคุณ เปิดหน้านี้ใหม่เพื่อดูค่าล่าสุดแล้วแก้อีกครั้ง"


def one_row(result: Any, message: str = CHANGED_SINCE) -> None:
    """Raise ``Conflict`` unless the statement changed one row: the state or version was no longer as seen."""
    if result.rowcount != 1:
        raise Conflict(message)
