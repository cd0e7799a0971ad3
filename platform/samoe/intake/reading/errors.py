"""Why a file cannot be read, as a stable code and a sentence that says what to do."""

from typing import Any

from samoe.kit.problem import Problem

SENTENCES = {
    "not_a_workbook": "ไฟล์นี้ไม่ใช่ไฟล์ตาราง โปรดเลือกไฟล์ .xlsx .xls หรือ .csv",
    "web_page": "ไฟล์นี้เป็นหน้าเว็บที่ตั้งชื่อเป็นไฟล์ Excel โปรดเปิดด้วย Excel แล้วบันทึกเป็น .xlsx ก่อน",
    "other_spreadsheet": "ยังไม่รับไฟล์ชนิดนี้ โปรดเปิดด้วยโปรแกรมตาราง แล้วบันทึกเป็น .xlsx ก่อน",
    "encrypted": "ไฟล์นี้ตั้งรหัสผ่านไว้ โปรดเอารหัสผ่านออกแล้วส่งใหม่",
    "damaged": "ไฟล์นี้เสียหาย เปิดอ่านไม่ได้ โปรดเปิดด้วย Excel แล้วบันทึกใหม่",
    "empty": "ไฟล์นี้ว่างเปล่า ไม่มีข้อมูลให้นำเข้า",
    "too_large": "ไฟล์นี้ใหญ่เกินไปเมื่อขยายออก (เกิน %(limit)s เมกะไบต์) โปรดแบ่งเป็นหลายไฟล์",
    "too_many_rows": "แผ่นงาน “%(sheet)s” มีเกิน %(limit)s แถว โปรดแบ่งเป็นหลายไฟล์",
    "too_many_columns": "แผ่นงาน “%(sheet)s” มีเกิน %(limit)s คอลัมน์ โปรดลบคอลัมน์ที่ไม่ใช้ทางขวาแล้วบันทึกใหม่",
    "cells_too_far": "มีเซลล์อยู่ไกลเกินไป (ถึงแถวที่ %(down)s คอลัมน์ที่ %(across)s) โปรดลบแถวและคอลัมน์ว่างท้ายตารางแล้วบันทึกใหม่",
    "unknown_encoding": "อ่านตัวอักษรในไฟล์นี้ไม่ได้ โปรดเปิดด้วย Excel แล้วบันทึกเป็น “CSV UTF-8” หรือ .xlsx",
    "garbled_text": "ข้อความในไฟล์นี้เพี้ยนมาก่อนแล้ว โปรดส่งออกจากต้นทางใหม่เป็น “CSV UTF-8” หรือ .xlsx",
    "unclosed_quote": "เครื่องหมายคำพูดใกล้แถวที่ %(near)s ไม่ปิด โปรดแก้แล้วส่งใหม่",
    "no_header": "ไม่พบแถวหัวตาราง ต้องมีอย่างน้อยสามคอลัมน์ที่รู้จัก เช่น ชื่อ ตำบล อำเภอ",
    "no_rows": "ไม่พบแถวข้อมูลใต้หัวตาราง โปรดตรวจว่าเลือกไฟล์ถูกและมีข้อมูลใต้หัวตาราง",
    "unknown_field": "ไม่มีช่องข้อมูลชื่อ “%(typed)s”",
}


class UnreadableFile(Problem):
    """A file, or a sheet of it, that cannot be read at all; ``code`` is stable and one of ``SENTENCES``."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(SENTENCES[code], field="file", **params)
        self.code = code
