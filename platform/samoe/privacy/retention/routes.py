"""The reports of letting go, and what would go now."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.identity import Permission
from samoe.privacy.dictionary import activities
from samoe.privacy.record.words import SINCE_WORDS
from samoe.privacy.retention import queries
from samoe.web import Context, Page, get

WENT_WORDS: Mapping[str, str] = {
    "persons": "คนที่ครบกำหนด", "answers": "กรณีที่ลบคำตอบบางข้อ", "files": "ไฟล์นำเข้า", "sessions": "การเข้าใช้ที่จบแล้ว",
    "notices": "การแจ้งเตือนเก่า", "keys": "รหัสกันส่งซ้ำ",
}  # fmt: skip
HELD_WORDS: Mapping[str, str] = {
    "hold": "มีคำสั่งให้เก็บไว้ก่อน หรือมีคำขอที่ยังไม่ได้ตอบ", "payment": "มีเงินที่กำลังจ่าย",
    "entitlement": "มีสิทธิ์รับเงินที่ยังไม่ได้จ่าย", "referral": "มีการส่งต่อที่ยังไม่จบ", "follow_up": "มีนัดติดตามที่ยังไม่ทำ",
    "import": "มีไฟล์นำเข้าที่ยังทำไม่เสร็จ", "file": "ไฟล์ที่มีข้อมูลของคนที่ต้องเก็บไว้ก่อน",
}  # fmt: skip


@get("/privacy/retention", Permission.PRIVACY_READ)
def retention(ctx: Context) -> Page:
    """How long what is kept, and what went of late."""
    return Page(
        "privacy/retention.html",
        {
            "runs": queries.runs(ctx.db), "activities": activities().values(), "since": SINCE_WORDS,
            "went_words": WENT_WORDS, "held_words": HELD_WORDS,
        },
    )  # fmt: skip


routes = [retention]
