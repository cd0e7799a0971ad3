"""The words for what a row's codes mean, and what to do about it."""

from __future__ import annotations

from samoe.i18n import gettext
from samoe.sdk import Manifest

CLASS_WORDS = {
    "ok": "ถูกต้อง",
    "warning": "ข้อสังเกต",
    "error": "ต้องแก้",
    "duplicate_in_file": "ซ้ำในไฟล์",
    "possible_duplicate": "อาจซ้ำ",
}
REASON_WORDS = {
    "id_missing": "ไม่มีเลขประจำตัว ระบบนำเข้าให้ และจะถามเมื่อพบชื่อคล้ายกัน",
    "id_checksum": "เลขประจำตัวนี้เลขตรวจสอบไม่ตรง ตรวจกับบัตรอีกครั้ง",
    "id_leading_zero_restored": "เติมเลข 0 ข้างหน้าให้แล้ว เพราะ Excel ตัดทิ้งไป",
    "id_scientific": "เลขประจำตัวถูก Excel เปลี่ยนเป็นเลขยกกำลัง พิมพ์ใหม่ให้ครบ 13 หลัก",
    "id_bad_length": "เลขประจำตัวต้องมี 13 หลัก",
    "name_missing": "ไม่มีชื่อ ต้องมีอย่างน้อยชื่อตัว",
    "family_name_missing": "ไม่มีนามสกุล ถ้ามีชื่อเดียวจริงไม่ต้องแก้",
    "birth_date_missing": "ไม่มีวันเกิด",
    "birth_date_2digit_year": "ปีเกิดมีสองหลัก ระบบอ่านเป็น พ.ศ. 25xx ตรวจว่าถูกต้อง",
    "birth_date_impossible": "ไม่มีวันที่นี้ในปฏิทิน",
    "birth_date_unreadable": "อ่านวันเกิดไม่ได้ พิมพ์เป็น วัน/เดือน/ปี พ.ศ.",
    "birth_date_future": "วันเกิดอยู่หลังวันที่ของข้อมูล",
    "district_unknown": "ไม่พบอำเภอนี้ในจังหวัด",
    "subdistrict_unknown": "ไม่พบตำบลนี้ในจังหวัด",
    "subdistrict_not_in_district": "ตำบลนี้ไม่ได้อยู่ในอำเภอที่ระบุ",
    "phone_unreadable": "อ่านเบอร์โทรศัพท์ไม่ได้",
    "identical": "เลขประจำตัวและวันเกิดตรงกับแถวก่อนหน้า",
    "conflicting_birth_date": "เลขประจำตัวตรงกับแถวก่อนหน้า แต่วันเกิดต่างกัน",
    "same_name_and_birth_date": "ชื่อและวันเกิดตรงกับอีกแถวหนึ่ง เลือกว่าเป็นคนเดียวกันหรือไม่",
    "same_institution": "หน่วยงานนี้มีในไฟล์แล้ว",
}


def reason(code: str, manifest: Manifest | None = None) -> str:
    """A sentence for a row's code: the platform's own, else what the group's manifest calls it."""
    if code in REASON_WORDS:
        return gettext(REASON_WORDS[code])
    told = None if manifest is None else manifest.reason(code) if hasattr(manifest, "reason") else None
    return told or gettext("ตรวจค่านี้อีกครั้ง (%(code)s)", code=code)
