"""Words of the requests: kinds, who asks, grounds on which the law lets one be refused."""

from __future__ import annotations

from collections.abc import Mapping

KIND_WORDS: Mapping[str, str] = {
    "access": "ขอเข้าถึงและขอสำเนาข้อมูล",
    "correction": "ขอแก้ไขข้อมูลให้ถูกต้อง",
    "erasure": "ขอให้ลบข้อมูล",
    "objection": "คัดค้านการใช้ข้อมูล",
    "restriction": "ขอให้ระงับการใช้ข้อมูล",
    "withdrawal": "ถอนความยินยอม",
}
SECTION = {
    "access": "30", "correction": "35", "erasure": "33", "objection": "32", "restriction": "34", "withdrawal": "19",
}  # fmt: skip
"""The section of the Act that gives the right."""
ASKER_WORDS: Mapping[str, str] = {"self": "เจ้าของข้อมูล", "guardian": "ผู้ปกครอง", "representative": "ผู้รับมอบอำนาจ"}
CHANNEL_WORDS: Mapping[str, str] = {
    "letter": "หนังสือ", "in_person": "มาด้วยตนเอง", "phone": "โทรศัพท์", "e_mail": "อีเมล",
}  # fmt: skip
STATE_WORDS: Mapping[str, str] = {
    "open": "กำลังดำเนินการ", "done": "ตอบแล้ว", "refused": "ปฏิเสธ", "taken_back": "ผู้ขอถอนคำขอ",
}  # fmt: skip
GROUND_WORDS: Mapping[str, str] = {
    "law": "ปฏิเสธได้ตามกฎหมายหรือคำสั่งศาล (มาตรา 30)",
    "others": "กระทบสิทธิและเสรีภาพของผู้อื่น (มาตรา 30)",
    "archive": "จำเป็นเพื่อการศึกษาวิจัย สถิติ หรือจดหมายเหตุ (มาตรา 33)",
    "public_task": "จำเป็นเพื่อภารกิจสาธารณะหรือการใช้อำนาจรัฐ (มาตรา 33)",
    "claims": "จำเป็นเพื่อก่อตั้ง ใช้ หรือต่อสู้สิทธิเรียกร้องตามกฎหมาย (มาตรา 33)",
    "duty": "กฎหมายให้ต้องเก็บ (มาตรา 33)",
    "compelling": "มีเหตุอันชอบด้วยกฎหมายที่สำคัญกว่า (มาตรา 32)",
    "correct": "ตรวจแล้วข้อมูลถูกต้องอยู่แล้ว (มาตรา 36)",
    "unproven": "ผู้ขอพิสูจน์ไม่ได้ว่าเป็นเจ้าของข้อมูลหรือมีอำนาจแทน",
}
"""What may be said when a request is refused. The reason is noted in words beside it (มาตรา 39)."""
GROUNDS: Mapping[str, tuple[str, ...]] = {
    "access": ("law", "others", "unproven"),
    "correction": ("correct", "unproven"),
    "erasure": ("archive", "public_task", "claims", "duty", "unproven"),
    "objection": ("compelling", "claims", "public_task", "unproven"),
    "restriction": ("compelling", "claims", "unproven"),
    "withdrawal": ("duty", "unproven"),
}
ERASING = ("erasure", "objection", "withdrawal")
"""Kinds that may end in erasing."""
STEP_WORDS: Mapping[str, str] = {
    "registered": "รับคำขอ", "exported": "ทำสำเนาข้อมูล", "printed": "อ่านและพิมพ์สำเนาข้อมูล",
    "erasure_prepared": "เตรียมการลบ", "erasure_dropped": "ยกเลิกการเตรียมลบ", "erased": "ลบข้อมูล",
    "answered": "ตอบคำขอ", "denied": "ปฏิเสธคำขอ", "taken_back": "ผู้ขอถอนคำขอ",
}  # fmt: skip
"""What was done on a request; the verbs are the audit trail's."""
