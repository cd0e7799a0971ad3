"""Words for the columns of a person's file."""

from __future__ import annotations

from collections.abc import Mapping

COLUMN_WORDS: Mapping[str, str] = {
    "title": "คำนำหน้า", "first_name": "ชื่อตัว", "last_name": "นามสกุล", "sex": "เพศ", "birth_date": "วันเกิด",
    "area_code": "ตำบล", "house_no": "บ้านเลขที่", "moo": "หมู่", "phones": "โทรศัพท์", "guardian_name": "ผู้ปกครอง",
    "value": "เลขประจำตัว", "valid_from": "ใช้ตั้งแต่", "valid_to": "ถึง", "relation": "ความสัมพันธ์", "from_on": "ตั้งแต่",
    "to_on": "ถึง", "reason": "เหตุผล", "purpose": "เรื่อง", "text_version": "ถ้อยคำฉบับที่", "given_by": "ผู้ให้ความยินยอม",
    "proof": "หลักฐานที่ตรวจ", "witness": "พยาน", "channel": "ช่องทาง", "given_on": "ให้เมื่อ", "withdrawn_on": "ถอนเมื่อ",
    "parted_reason": "เหตุผลที่แยก", "decided_reason": "เหตุผลที่ตัดสิน", "answers": "คำตอบ", "closed_reason": "เหตุที่ปิด",
    "status": "สถานะ", "status_on": "เมื่อ", "event_area_code": "ตำบลที่เกิดเหตุ", "decision": "ผลคัดกรอง",
    "happened_on": "วันที่", "closed_on": "ปิดเมื่อ", "kind": "ชนิด", "outcome": "ผล", "note": "บันทึก",
    "from_area_code": "จากตำบล", "to_area_code": "ไปตำบล", "due_on": "กำหนด", "done_on": "ทำเมื่อ", "state": "สถานะ",
    "to_name": "หน่วยรับ", "sent_on": "ส่งเมื่อ", "answered_on": "ตอบเมื่อ", "finished_on": "จบเมื่อ", "inputs": "คำตอบที่ใช้",
    "clauses": "เกณฑ์ที่ใช้", "decided_on": "ตัดสินเมื่อ", "void_reason": "เหตุที่สิ้นผล", "payee_kind": "ผู้รับเงิน",
    "payee_name": "ชื่อผู้รับเงิน", "entitled_on": "ได้สิทธิ์เมื่อ", "ended_on": "สิ้นสุดเมื่อ", "ended_reason": "เหตุที่สิ้นสุด",
    "bank_code": "ธนาคาร", "account_no": "เลขที่บัญชี", "account_name": "ชื่อบัญชี", "paid_on": "จ่ายเมื่อ",
    "result_on": "ผลเมื่อ", "result_reason": "เหตุผลของผล", "asked_by": "ใครขอ", "asker": "ผู้ขอ", "received_on": "รับเมื่อ",
    "wanted": "ขออะไร", "ground": "เหตุตามกฎหมาย", "placed_on": "สั่งเมื่อ", "lifted_on": "ยกเลิกเมื่อ",
    "typed": "ตามที่พิมพ์ในไฟล์",
    "amount": "จำนวนเงิน (บาท)", "extra": "ข้อมูลอื่นในไฟล์", "identifier": "เลขประจำตัว", "went": "จำนวนที่ลบ",
    "opened_name": "ผู้เปิดดู", "opened_role": "บทบาทผู้เปิดดู", "verdict": "ผลการทบทวน", "review_note": "บันทึกการทบทวน",
    "assessed_on": "วันที่ประเมิน", "certified_on": "วันที่รับรอง", "facts": "ข้อเท็จจริงเมื่อประเมิน", "result": "ผลประเมิน",
    "item": "ข้อ", "band": "ผลที่แปลแล้ว", "action": "สิ่งที่จะทำ", "responsible": "ผู้รับผิดชอบ",
}  # fmt: skip
"""The columns that a person's file shows, in words."""
LEFT_OUT = frozenset({"search_name", "sort_key", "content_hash", "was", "became", "went", "clauses"})
"""Made from the others, or about the record and not about the person."""
