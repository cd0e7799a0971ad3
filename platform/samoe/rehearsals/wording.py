"""What the steps of a rehearsal are called on its pages."""

from __future__ import annotations

STEP_WORDS = {
    "make": "คัดลอกการตั้งค่า",
    "people": "สร้างรายชื่อสมมติ ทำเป็นไฟล์ และนำเข้า",
    "screen": "คัดกรองตามเกณฑ์",
    "certify": "รับรองบัญชีรายชื่อ",
    "ask": "ขอเงิน และกองทุนสมมติอนุมัติ",
    "send": "กองทุนสมมติโอนเงิน และจังหวัดยืนยันรับ",
    "pay": "กำหนดสิทธิ ทำชุดจ่าย ไฟล์ธนาคาร และผลการจ่าย",
    "path": "เยี่ยม ส่งต่อ ติดตาม และทำแผน",
    "report": "คำนวณตัวเลขในรายงาน",
    "close": "ลองปิดระยะ แล้วย้อนกลับ",
}
STATE_WORDS = {
    "waiting": "รอ",
    "running": "กำลังทำ",
    "done": "สำเร็จ",
    "noticed": "สำเร็จ แต่มีข้อสังเกต",
    "broken": "ติดขัด",
    "skipped": "ข้าม",
}
LEVELS = {"waiting": "none", "running": "part", "done": "full", "noticed": "most", "broken": "not", "skipped": "none"}
"""How full the sign beside each state is."""
METHOD_WORDS = {"bank": "โอนผ่านธนาคาร", "cash": "จ่ายเงินสด", "goods": "มอบเป็นสิ่งของ"}
