"""Questions and their sections as the builder shows them."""

from __future__ import annotations

from samoe.programmes.designs.inputs import Input, Part
from samoe.sdk.fields import NOT_IN_FILES, SIMPLE
from samoe.sdk.options import codelists

LABEL = Input("label", "words", "ชื่อที่แสดง", optional=False)
HELP = Input("help", "words", "คำอธิบายใต้ชื่อ")
NUMBERS = ("number", "count", "percent")
FIELD_TYPE_WORDS = (
    ("text", "ข้อความ"), ("choice", "เลือกหนึ่งข้อ"), ("choices", "เลือกได้หลายข้อ"), ("flag", "ใช่หรือไม่ใช่"),
    ("count", "จำนวนนับ"), ("number", "ตัวเลข"), ("money", "จำนวนเงิน"), ("percent", "ร้อยละ"), ("date", "วันที่ (พ.ศ.)"),
    ("phone", "เบอร์โทรศัพท์"), ("national_id", "เลขประจำตัว 13 หลัก หรือรหัส G"), ("area", "ตำบลหรืออำเภอ"),
    ("institution", "สถานศึกษาหรือหน่วยงานในทะเบียน"), ("gps", "พิกัดบนแผนที่"), ("repeat", "หลายรายการ เช่น สมาชิกแต่ละคน"),
    ("photo", "ภาพถ่าย"), ("file", "ไฟล์เอกสาร"), ("calculated", "คำนวณจากคำตอบอื่น"),
)  # fmt: skip
SCALE_WORD = ("scale", "แบบประเมิน")
PERIOD_WORDS = (("month", "ต่อเดือน"), ("year", "ต่อปี"))
LEVEL_WORDS = (("subdistrict", "ตำบล"), ("district", "อำเภอ"))
GIVES_WORDS = (("number", "ตัวเลข"), ("count", "จำนวนนับ"), ("money", "จำนวนเงิน"))
CHOOSING = ("choice", "choices")
IN_FILES = tuple(kind for kind, _ in FIELD_TYPE_WORDS if kind not in NOT_IN_FILES)
TYPED = tuple(kind for kind, _ in FIELD_TYPE_WORDS if kind != "calculated")
SHARED_LISTS = tuple((one.slug, {"th": one.label.th, "en": one.label.en}) for one in codelists().values())

FIELDS = Part(
    "fields", "คำถามและข้อมูล", "ข้อมูลที่สำรวจหรือนำเข้าจากไฟล์ และใช้ตั้งเกณฑ์ได้", "คำถาม",
    (
        LABEL,
        Input("type", "choice", "คำตอบเป็น", options=FIELD_TYPE_WORDS, optional=False),
        Input("section", "one", "อยู่ในหมวด", of="sections"),
        HELP,
        Input("scale", "one", "แบบประเมิน", of="scales", when=("type", ("scale",)), optional=False),
        Input(
            "codelist", "choice", "ใช้ตัวเลือกจากรายการกลาง", "ใช้คำเดียวกันทุกกลุ่มและทุกจังหวัด ไม่เลือก คือตั้งตัวเลือกเอง",
            options=SHARED_LISTS, when=("type", CHOOSING),
        ),
        Input(
            "options", "rows", "ตัวเลือก", "แถวที่ว่างไม่นับ คำอื่นคั่นด้วยเครื่องหมาย ,", when=("type", CHOOSING),
            unless="codelist", optional=False,
            inner=(
                Input("label", "words", "ตัวเลือก", optional=False),
                Input("aliases", "commas", "คำอื่นที่พบในไฟล์"),
                Input("retired", "yes", "เลิกใช้"),
            ),
        ),
        Input(
            "parts", "rows", "ถามในแต่ละรายการ", "ข้อที่ให้เลือก พิมพ์ตัวเลือกบรรทัดละหนึ่งข้อ ไทย = อังกฤษ",
            when=("type", ("repeat",)), optional=False, names="slug",
            inner=(
                Input("label", "words", "ข้อย่อย", optional=False),
                Input("type", "choice", "คำตอบเป็น", optional=False,
                      options=tuple(pair for pair in FIELD_TYPE_WORDS if pair[0] in SIMPLE)),
                Input("options", "pairs", "ตัวเลือก", when=("type", ("choice",))),
                Input("required", "yes", "ต้องตอบ"),
            ),
        ),
        Input("min", "whole", "อย่างน้อยกี่รายการ", when=("type", ("repeat",))),
        Input("max", "whole", "มากที่สุดกี่รายการ", when=("type", ("repeat",))),
        Input("calculate", "how", "คำนวณอย่างไร", when=("type", ("calculated",)), optional=False),
        Input("gives", "choice", "ผลเป็น", options=GIVES_WORDS, when=("type", ("calculated",)), optional=False),
        Input("partial", "yes", "ไม่รู้วันหรือเดือนก็ตอบได้", when=("type", ("date",))),
        Input("level", "choice", "ถามถึง", options=LEVEL_WORDS, when=("type", ("area",)), optional=False),
        Input("period", "choice", "เป็นจำนวนเงิน", options=PERIOD_WORDS, when=("type", ("money",))),
        Input("min", "whole", "น้อยที่สุด", when=("type", NUMBERS)),
        Input("max", "whole", "มากที่สุด", when=("type", NUMBERS)),
        Input("min", "baht", "น้อยที่สุด", when=("type", ("money",))),
        Input("max", "baht", "มากที่สุด", when=("type", ("money",))),
        Input("unit", "words", "หน่วย", "เช่น คน ปี กิโลเมตร", when=("type", (*NUMBERS, "calculated"))),
        Input("required", "yes", "ต้องตอบเมื่อกรอกในแบบฟอร์ม", when=("type", TYPED)),
        Input("sensitive", "yes", "ข้อมูลอ่อนไหว ปิดบังไว้ เปิดดูต้องบอกเหตุผล"),
        Input("purpose", "words", "ถามเพื่ออะไร", "จำเป็นเมื่อเป็นข้อมูลอ่อนไหว"),
        Input("keep_years", "whole", "เก็บไว้กี่ปีหลังสิ้นระยะ"),
        Input(
            "columns", "headers", "หัวคอลัมน์ในไฟล์", "บรรทัดละหนึ่งแบบ ใช้ชื่อคำถามให้แล้วหากไม่กรอก",
            when=("type", IN_FILES),
        ),
    ),
    first=("label", "type"), new=(("type", "text"),),
)  # fmt: skip
SECTIONS = Part(
    "sections", "หมวดของคำถาม", "แบ่งแบบฟอร์มเป็นหมวด คำถามที่ไม่อยู่ในหมวดใดมาก่อน", "หมวด", (LABEL,),
)  # fmt: skip
