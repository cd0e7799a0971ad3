"""The columns that every survey may have, whichever target group it is for, and the wordings of their headers."""

from typing import Final

HEADERS: Final[dict[str, tuple[str, ...]]] = {
    "seq": ("ที่", "ลำดับที่", "ลำดับ", "No.", "No"),
    "id": ("เลขประจำตัวประชาชน", "เลขบัตรประชาชน 13 หลัก", "เลขประจำตัว 13 หลัก", "National ID"),
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "Title"),
    "first": ("ชื่อ", "ชื่อตัว", "First name"),
    "last": ("นามสกุล", "สกุล", "ชื่อสกุล", "Family name", "Last name"),
    "fullname": ("ชื่อ - สกุล", "ชื่อ-นามสกุล", "Full name"),
    "sex": ("เพศ", "Sex"),
    "birth": ("วัน/เดือน/ปี เกิด", "วันเดือนปีเกิด", "ว/ด/ป เกิด", "วันเกิด", "Date of birth"),
    "house": ("บ้านเลขที่", "เลขที่บ้าน", "House no."),
    "moo": ("หมู่ที่", "หมู่", "Moo"),
    "subdistrict": ("ตำบล", "ชื่อตำบล", "Subdistrict"),
    "district": ("อำเภอ", "ชื่ออำเภอ", "District"),
    "province": ("จังหวัด", "ชื่อจังหวัด", "Province"),
    "centre": ("ศพด.", "ชื่อ ศพด.", "ชื่อศูนย์พัฒนาเด็กเล็ก", "ชื่อสถานพัฒนาเด็กปฐมวัย", "สถานพัฒนาเด็กปฐมวัย", "Centre"),
    "agency": ("สังกัด อปท.", "หน่วยงานต้นสังกัด", "Supervising agency"),
    "guardian": ("ชื่อผู้ปกครอง", "ผู้ปกครอง", "Guardian"),
    "phone": ("โทรศัพท์", "เบอร์โทรผู้ปกครอง", "เบอร์โทร", "Phone"),
    "note": ("หมายเหตุ", "Note"),
}

# Columns of which each value may be typed once and hold for the rows below it.
AREA_COLUMNS: Final = ("district", "subdistrict")
PLACE_COLUMNS: Final = ("centre", "agency")
