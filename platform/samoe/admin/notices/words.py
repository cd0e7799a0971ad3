"""The sentence and the address of each kind of notice."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

NOTICE_SENTENCES: Mapping[str, str] = {
    "request_asked": "กสศ. ถามกลับเรื่องคำขอ %(code)s จำนวน %(questions)s ข้อ",
    "request_approved": "กสศ. อนุมัติคำขอ %(code)s แล้ว",
    "request_partly_approved": "กสศ. อนุมัติคำขอ %(code)s บางส่วน",
    "request_refused": "กสศ. ไม่อนุมัติคำขอ %(code)s ดูเหตุผลในคำขอ",
    "import_checked": "ตรวจไฟล์ที่คุณส่งแล้ว %(rows)s แถว ต้องแก้ %(errors)s แถว",
    "import_committed": "นำเข้าไฟล์ที่คุณส่งแล้ว เพิ่ม %(created)s ราย แก้ไข %(updated)s ราย",
    "import_failed": "อ่านไฟล์ที่คุณส่งไม่ได้ ดูสาเหตุแล้วส่งใหม่",
    "import_undone": "ย้อนกลับไฟล์ที่คุณส่งแล้ว",
    "batch_returned": "ชุดเบิกจ่าย %(code)s ที่คุณทำถูกยกเลิก ดูเหตุผลแล้วทำชุดใหม่",
    "referral_accepted": "หน่วยรับตอบรับการส่งต่อของคุณแล้ว",
    "referral_rejected": "หน่วยรับไม่รับการส่งต่อของคุณ ดูเหตุผลแล้วหาที่อื่น",
    "referral_done": "การส่งต่อของคุณจบแล้ว ดูผล",
    "emergency_opened": "กสศ. เปิดดูข้อมูลหนึ่งรายของจังหวัดเป็นกรณีฉุกเฉิน ดูเหตุผลและทบทวน",
}
"""Counts and numbers of papers only: nobody is named where somebody might look over a shoulder."""
_PLACES = {
    "request": "/requests/",
    "import": "/imports/",
    "batch": "/payments/",
    "referral": "/referrals/",
    "emergency": "/emergencies/review/",
}


def address(kind: str, subject_id: UUID | None) -> str:
    """The page that a notice leads to."""
    place = _PLACES.get(kind.partition("_")[0])
    return f"{place}{subject_id}" if place and subject_id else "/"
