"""Figures of the group: what is counted, and of what."""

from __future__ import annotations

from samoe.programmes.designs.inputs import Input, Part

OUTCOME_WORDS = (("qualifies", "ผ่านเกณฑ์"), ("does_not", "ไม่ผ่านเกณฑ์"), ("unknown", "ข้อมูลไม่พอตัดสิน"))
MEASURE_WORDS = (
    ("enrolments", "คนหรือแห่งในทะเบียน"), ("decision", "ผลคัดกรอง"), ("stage", "อยู่ที่ขั้น"),
    ("answer_is", "ตอบว่า"), ("sum", "ผลรวมของคำตอบ"), ("paid_people", "ผู้ได้รับเงินแล้ว"), ("paid_total", "เงินที่จ่ายแล้ว"),
    ("surveyed", "สำรวจแล้ว"), ("institutions", "จำนวนสถานศึกษาหรือศูนย์"), ("subdistricts", "จำนวนตำบล"),
    ("districts", "จำนวนอำเภอ"), ("submissions", "ข้อมูลที่หน่วยงานส่ง"),
    ("target_min", "เป้าหมาย (ขั้นต่ำ)"), ("target_max", "เป้าหมาย (สูงสุด)"),
)  # fmt: skip
STATE_WORDS = (
    ("not_started", "ยังไม่เริ่ม"), ("sending", "กำลังส่ง"), ("complete", "ครบแล้ว"), ("returned", "ส่งกลับให้แก้"),
    ("certified", "รับรองแล้ว"),
)  # fmt: skip

MEASURED = (
    Input("measure", "choice", "นับ", options=MEASURE_WORDS, optional=False),
    Input("outcome", "choice", "ผล", options=OUTCOME_WORDS, when=("measure", ("decision",)), optional=False),
    Input("stage", "one", "ขั้น", of="stages", when=("measure", ("stage",)), optional=False),
    Input("field", "one", "คำถาม", of="fields", when=("measure", ("answer_is", "sum")), optional=False),
    Input("value", "answer", "คำตอบ", when=("measure", ("answer_is",)), optional=False),
    Input("state", "choice", "สถานะ", options=STATE_WORDS, when=("measure", ("submissions",)), optional=False),
    Input("benefit", "one", "เงินช่วยเหลือ", of="benefits", when=("measure", ("paid_people", "paid_total"))),
)

FIGURES = Part(
    "figures", "ตัวเลขของกลุ่ม", "ตัวเลขบนหน้าหลักและในรายงาน นับจากข้อมูลรายคน", "ตัวเลข",
    (
        Input("label", "words", "ชื่อตัวเลข", optional=False),
        *MEASURED,
        Input("by", "choice", "แยกราย", options=(("district", "อำเภอ"),)),
        Input("in_baht", "yes", "แสดงเป็นบาท"),
        Input("headline", "yes", "แสดงบนหน้าหลักได้"),
        Input("out_of", "one", "เป็นส่วนหนึ่งของตัวเลข", of="figures"),
    ),
    key="key", first=("label", "measure"), new=(("measure", "enrolments"),),
)  # fmt: skip
INDICATOR_KIND_WORDS = (("share", "ร้อยละ"), ("mean", "ค่าเฉลี่ย"), ("count", "จำนวน"))
INDICATORS = Part(
    "indicators", "ตัวชี้วัด", "ตัวเลขที่เทียบกันระหว่างจังหวัด ผูกกับตัวชี้วัดกลางของ กสศ. หรือใช้ในจังหวัดเอง", "ตัวชี้วัด",
    (
        Input("label", "words", "ชื่อตัวชี้วัด", optional=False),
        Input("kind", "choice", "ตัวเลขเป็น", options=INDICATOR_KIND_WORDS, optional=False),
        Input(
            "contract", "contract", "ตัวชี้วัดกลาง", "ผูกแล้วจังหวัดส่งตัวเลขนี้ให้ กสศ. ทุกวัน เฉพาะจำนวน ไม่มีรายชื่อ",
            optional=False,
        ),
        Input("of", "table", "นับอะไร", inner=MEASURED, optional=False),
        Input("over", "table", "เทียบกับอะไร (ตัวหาร)", inner=MEASURED, when=("kind", ("share", "mean")), optional=False),
        Input("unit", "words", "หน่วย", "เช่น คน แห่ง บาท"),
    ),
    first=("label", "kind", "contract"),
    new=(
        ("kind", "share"), ("contract", "local"), ("of", {"measure": "enrolments"}),
        ("over", {"measure": "enrolments"}),
    ),
)  # fmt: skip
