"""Which version of a record the person had open when they sent a form."""

from __future__ import annotations

from samoe.kit.problem import Problem
from samoe.kit.reading import Sent

FIELD = "row_version"


def version_seen(sent: Sent, name: str = FIELD) -> int:
    """The version that the form carries; 0 for a record that was not there yet."""
    typed = sent.text(name)
    if not typed.isascii() or not typed.isdecimal():
        raise Problem("แบบฟอร์มนี้ไม่สมบูรณ์ เปิดหน้านี้ใหม่แล้วกรอกอีกครั้ง")
    return int(typed[:9])
