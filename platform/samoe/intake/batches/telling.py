"""The words for what a row's codes mean, and under which column to say them."""

from __future__ import annotations

from samoe.i18n import gettext, pick
from samoe.sdk import Column, Manifest
from samoe.sdk.imports import Findings

CLASS_WORDS = {
    "error": "ต้องแก้",
    "possible_duplicate": "อาจเป็นคนเดียวกัน",
    "warning": "ข้อสังเกต",
    "duplicate_in_file": "ซ้ำในไฟล์",
    "ok": "ถูกต้อง",
}
REASON_WORDS = {
    "id_missing": "ไม่มีเลขประจำตัว นำเข้าได้ และจะถามเมื่อพบชื่อตรงกัน",
    "id_checksum": "เลขตรวจสอบท้ายเลขประจำตัวไม่ตรง ตรวจกับบัตรอีกครั้ง",
    "id_leading_zero_restored": "เติมเลข 0 ข้างหน้าที่ Excel ตัดออกให้แล้ว",
    "id_scientific": "Excel เปลี่ยนเลขนี้จนอ่านไม่ได้แล้ว พิมพ์ใหม่ให้ครบ 13 หลัก",
    "id_bad_length": "เลขประจำตัวต้องมี 13 หลัก หรือเป็นรหัส G ถ้าไม่มีให้เว้นว่าง",
    "name_missing": "ยังไม่มีชื่อ เติมอย่างน้อยชื่อตัว",
    "family_name_missing": "ไม่มีนามสกุล ถ้ามีชื่อเดียวจริงไม่ต้องแก้",
    "birth_date_missing": "ไม่มีวันเกิด",
    "birth_date_2digit_year": "ปีเกิดมีสองหลัก อ่านเป็น พ.ศ. 25xx ตรวจว่าถูกต้อง",
    "birth_date_impossible": "ไม่มีวันที่นี้ในปฏิทิน ดูจากสูติบัตรแล้วแก้",
    "birth_date_unreadable": "อ่านวันเกิดไม่ได้ พิมพ์เป็น วัน/เดือน/ปี พ.ศ.",
    "birth_date_long_ago": "วันเกิดเกิน 150 ปีมาแล้ว ตรวจปีอีกครั้ง",
    "birth_date_future": "วันเกิดอยู่หลังวันที่ของข้อมูล ตรวจปีอีกครั้ง",
    "district_unknown": "ไม่พบอำเภอนี้ในจังหวัด",
    "subdistrict_unknown": "ไม่พบตำบลนี้ในจังหวัด",
    "other_province": "แถวนี้เป็นของจังหวัดอื่น จึงไม่นำเข้า",
    "subdistrict_not_in_district": "ตำบลนี้ไม่ได้อยู่ในอำเภอที่พิมพ์",
    "phone_unreadable": "อ่านเบอร์โทรศัพท์ไม่ได้ จะบันทึกเท่าที่อ่านได้",
    "identical": "เลขประจำตัวและวันเกิดตรงกับแถวก่อนหน้า ใช้แถวแรก",
    "conflicting_birth_date": "เลขประจำตัวตรงกับแถวก่อนหน้า แต่วันเกิดต่างกัน ใช้แถวแรก",
    "same_name_and_birth_date": "ชื่อและวันเกิดตรงกับอีกแถวหนึ่ง เลือกว่าเป็นคนเดียวกันหรือไม่",
    "same_institution": "หน่วยงานนี้มีในไฟล์แล้ว ใช้แถวแรก",
}
LISTED_WORDS = {
    "not_enrolled": "หน่วยงานนี้ยังไม่อยู่ในกลุ่มเป้าหมายของระยะนี้ (เทียบจากชื่อและตำบล) ขึ้นทะเบียนก่อน แล้วนำเข้าอีกครั้ง",
    "cut_off": "รายการขาดท้าย ไฟล์ถูกตัดก่อนจบ จะบันทึกข้อเท่าที่อ่านได้",
    "nothing": "ไม่ระบุข้อที่ต้องปรับปรุง บอกไม่ได้ว่าผ่านทุกข้อหรือยังไม่ได้ประเมิน จึงไม่บันทึกผลประเมิน",
    "unknown": "มีรหัสข้อที่ไม่อยู่ในมาตรฐาน จะบันทึกข้ออื่นเท่าที่อ่านได้",
}
SCORE_WORDS = {
    "range": "มีคะแนนที่อ่านไม่ได้ ขาดข้อ หรือไม่อยู่ในคะแนนที่ให้ได้",
    "list": "หน่วยงานนี้ไม่มีในแผ่นงานรายชื่อของไฟล์นี้",
}
COLUMN_OF = {"id": "id", "name": "first", "family": "last", "birth": "birth", "phone": "phone",
             "district": "district", "other": "province",
             "subdistrict": "subdistrict", "identical": "id", "conflicting": "id",
             "same": "first"}  # fmt: skip
STANDARD_WORDS = {
    "seq": "ลำดับที่", "id": "เลขประจำตัว", "title": "คำนำหน้า", "first": "ชื่อ", "last": "นามสกุล",
    "fullname": "ชื่อ – สกุล", "sex": "เพศ", "birth": "วันเกิด", "house": "บ้านเลขที่", "moo": "หมู่ที่",
    "subdistrict": "ตำบล", "district": "อำเภอ", "province": "จังหวัด", "centre": "ชื่อศูนย์พัฒนาเด็กเล็ก", "agency": "สังกัด",
    "guardian": "ผู้ปกครอง", "phone": "โทรศัพท์", "note": "หมายเหตุ",
}  # fmt: skip
"""What the platform's own columns are called on the pages."""


def _column_with(code: str, manifest: Manifest) -> Column | None:
    return next((c for c in manifest.columns if code in {c.missing, c.unreadable, c.zero}), None)


def column_of(code: str, manifest: Manifest, fields: dict[str, int]) -> str | None:
    """The field under which a code is told, of those that the file has; None where it concerns the whole row."""
    column = _column_with(code, manifest)
    if column is not None and column.name in fields:
        return column.name
    for check in manifest.imports.checks:
        if check.code == code:
            names = [c.name for c in manifest.field(check.field).columns]
            return next((name for name in names if name in fields), None)
    findings = manifest.imports.findings
    if findings is not None and code in {findings.cut_off, findings.not_enrolled}:
        return findings.column.name if code == findings.cut_off else "centre"
    wanted = COLUMN_OF.get(code.split("_")[0])
    for name in (wanted, "fullname" if wanted in {"first", "last"} else None):
        if name in fields:
            return name
    return None


def _codes_of(findings: Findings) -> dict[str | None, str]:
    """What the codes of a list of items tell of."""
    return {
        findings.not_enrolled: "not_enrolled", findings.cut_off: "cut_off",
        findings.column.missing: "nothing", findings.column.unreadable: "unknown",
    }  # fmt: skip


def reason(code: str, manifest: Manifest) -> str:
    """A sentence for a code: the platform's own, else made from the column that it concerns."""
    if code in REASON_WORDS:
        return gettext(REASON_WORDS[code])
    findings = manifest.imports.findings
    if findings is not None and code in _codes_of(findings):
        return gettext(LISTED_WORDS[_codes_of(findings)[code]])
    column = _column_with(code, manifest)
    if column is not None:
        label = label_of(column.name, manifest)
        if code == column.missing and code != column.unreadable:
            return gettext("ไม่มีค่า “%(label)s” นำเข้าได้ แต่ยังตัดสินไม่ได้", label=label)
        if code == column.zero:
            return gettext("“%(label)s” เป็น 0 ตรวจอีกครั้ง", label=label)
        return gettext("อ่านค่า “%(label)s” ไม่ได้ จะบันทึกเป็น “ไม่มีข้อมูล”", label=label)
    for check in manifest.imports.checks:
        if check.code == code:
            name = manifest.field(check.field).label
            return gettext("“%(label)s” อยู่นอกช่วงที่จังหวัดกำหนด", label=pick(name.th, name.en))
    scores = manifest.imports.scores
    if scores is not None and code in {scores.out_of_range, scores.not_in_list}:
        return gettext(SCORE_WORDS["range" if code == scores.out_of_range else "list"])
    if code == manifest.imports.repeated:
        return gettext(REASON_WORDS["same_institution"])
    return gettext("ตรวจค่านี้อีกครั้ง (%(code)s)", code=code)


def label_of(name: str, manifest: Manifest) -> str:
    """What a field of a file is called."""
    if name in STANDARD_WORDS:
        return gettext(STANDARD_WORDS[name])
    for field in manifest.fields:
        if any(column.name == name for column in field.columns):
            return pick(field.label.th, field.label.en)
    submission = manifest.imports.submission
    if submission is not None and submission.column.name == name:
        return gettext("สถานะข้อมูล")
    if manifest.imports.findings is not None and manifest.imports.findings.column.name == name:
        return gettext("ข้อที่ต้องปรับปรุง")
    return name
