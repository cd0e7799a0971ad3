"""The parts of a target group as the builder shows them, each with the boxes of one of its things."""

from __future__ import annotations

from samoe.identity import Permission
from samoe.identity.roles import ROLES
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.measured import FIGURES, INDICATORS
from samoe.programmes.designs.questions import FIELD_TYPE_WORDS, FIELDS, HELP, LABEL, NUMBERS, SECTIONS

UNIT = Input("unit", "words", "หน่วย", "เช่น คน ปี กิโลเมตร")

STAGE_WORDS = (("open", "ยังดำเนินการอยู่"), ("done", "เสร็จสิ้น"), ("dropped", "พ้นจากความดูแล (ต้องมีเหตุผล)"))
EVENT_WORDS = (
    ("enrolled", "ขึ้นทะเบียน"), ("surveyed", "สำรวจแล้ว"), ("qualifies", "คัดกรองแล้วผ่านเกณฑ์"),
    ("unknown", "คัดกรองแล้วข้อมูลไม่พอตัดสิน"), ("does_not", "คัดกรองแล้วไม่ผ่านเกณฑ์"),
    ("excepted", "มีมติยกเว้นเกณฑ์ให้ผ่าน"), ("certified", "รับรองรายชื่อ"), ("requested", "อยู่ในคำขอที่ส่ง กสศ."),
    ("approved", "กสศ. อนุมัติ"), ("entitled", "มีสิทธิรับเงินช่วยเหลือ"), ("paid", "จ่ายเงินแล้ว"), ("found", "พบตัว"),
    ("need_known", "ทราบความต้องการแล้ว"), ("referred", "ส่งต่อแล้ว"), ("accepted", "ผู้รับส่งต่อรับดูแล"),
    ("rejected", "ผู้รับส่งต่อไม่รับ"),
)  # fmt: skip
MOVERS = tuple(
    (slug, {"th": role.th, "en": role.en})
    for slug, role in ROLES.items()
    if Permission.CASE_WRITE in role.may and "province" in role.at
)
BENEFIT_WORDS = (
    ("flat", "เงินเท่ากันทุกราย"), ("range", "เงินตามที่ขอ ไม่เกินเพดาน"), ("in_kind", "สิ่งของหรือบริการ"),
)  # fmt: skip
PAYEE_WORDS = (
    ("self", "เจ้าตัว"), ("guardian", "ผู้ปกครอง"), ("institution", "สถานศึกษาหรือศูนย์"),
    ("supervising_agency", "หน่วยงานต้นสังกัด"), ("partner", "ภาคี"),
)  # fmt: skip
CHANNEL_WORDS = (("bank", "โอนเข้าบัญชีธนาคาร"), ("cash", "เงินสด มีบัญชีลงชื่อ"))
DOCUMENT_WORDS = (("consent", "หนังสือยินยอม"), ("evidence", "หลักฐาน"), ("letter", "หนังสือ"), ("plan", "แผน"))
TUNED = ("money", "number", "count", "percent", "flag", "text", "date")
SETTING_WORDS = tuple(pair for pair in FIELD_TYPE_WORDS if pair[0] in TUNED)

STAGES = Part(
    "stages", "ขั้นของการช่วยเหลือ", "แต่ละคนอยู่ได้ขั้นเดียวในเวลาหนึ่ง", "ขั้น",
    (
        LABEL,
        Input("kind", "choice", "ขั้นนี้คือ", options=STAGE_WORDS),
        Input("on", "ticks", "มาถึงขั้นนี้เองเมื่อ", options=EVENT_WORDS),
        Input("next", "several", "ไปต่อได้ที่ขั้น", of="stages"),
        Input("needs", "several", "ต้องมีคำตอบของคำถามเหล่านี้ก่อน", of="fields"),
        Input("by", "ticks", "ผู้ย้ายมาขั้นนี้ได้", "ไม่เลือก คือทุกคนที่ดูแลรายคนได้", options=MOVERS),
        Input("due_after", "whole", "ควรไปต่อภายในกี่วัน", when=("kind", ("open", "None"))),
    ),
    first=("label", "kind"),
)  # fmt: skip
ENCOUNTERS = Part(
    "encounters", "การเยี่ยมและติดตาม", "พบกันเพื่ออะไร และผลที่เป็นไปได้", "การเยี่ยมหรือติดตาม",
    (
        LABEL,
        Input("results", "rows", "ผลที่เป็นไปได้", optional=False, inner=(
            Input("label", "words", "ผล", optional=False), Input("stage", "one", "ทำให้ไปขั้น", of="stages"),
        )),
        Input("after", "one", "ถึงกำหนดเองหลังมาถึงขั้น", of="stages"),
        Input("months", "lines", "ครบกำหนดในเดือนที่", "บรรทัดละหนึ่งจำนวน เช่น 1 3 6 12 เดือน"),
    ),
)  # fmt: skip
REFERRALS = Part(
    "referrals", "การส่งต่อ", "ส่งต่อไปที่ใดได้ และผลที่เป็นไปได้", "การส่งต่อ",
    (
        LABEL,
        Input("field", "one", "มีผู้ขอส่งต่อในคำถาม", of="fields", only=("type", ("choice", "choices"))),
        Input("when", "answers", "ขอเมื่อตอบว่า", "เลือกคำถามก่อน แล้วเลือกคำตอบที่แปลว่าขอ"),
        Input("outcomes", "rows", "ผลของการส่งต่อ", inner=(Input("label", "words", "ผล", optional=False),)),
        Input("min_age", "whole", "ส่งต่อได้ตั้งแต่อายุ (ปี)"),
        Input("notice_age", "whole", "ต้องแจ้งตามกฎหมายหากอายุต่ำกว่า (ปี)"),
        Input("notice", "words", "ข้อความที่แจ้งเจ้าหน้าที่"),
    ),
)  # fmt: skip
BENEFITS = Part(
    "benefits", "เงินและสิ่งของช่วยเหลือ", "จำนวนเงินและเพดานตั้งเป็นรายระยะ หลังประกาศใช้", "เงินหรือสิ่งของช่วยเหลือ",
    (
        LABEL,
        Input("kind", "choice", "ให้เป็น", options=BENEFIT_WORDS, optional=False),
        Input("gives", "words", "ของที่ให้แต่ละราย", "เช่น ชุดนักเรียน 2 ชุด", when=("kind", ("in_kind",)), optional=False),
        Input("purpose", "slug", "วัตถุประสงค์", "คนหนึ่งรับเงินเพื่อวัตถุประสงค์เดียวกันได้ครั้งเดียวต่อระยะ แม้อยู่หลายกลุ่ม"),
        Input(
            "requested", "one", "จำนวนที่ขออยู่ในคำถาม", of="fields", only=("type", ("money",)), when=("kind", ("range",)),
        ),
        Input(
            "pays_for", "one", "จ่ายเฉพาะข้อที่ไม่ผ่านของแบบประเมินในคำถาม", of="fields", only=("type", ("scale",)),
        ),
        Input("payees", "ticks", "จ่ายให้", options=PAYEE_WORDS, optional=False),
        Input(
            "channels", "ticks", "จ่ายโดย", options=CHANNEL_WORDS, when=("kind", ("flat", "range")), optional=False,
        ),
        Input("evidence", "several", "หลักฐานที่ต้องมีก่อนปิดรายการจ่าย", of="documents"),
        Input("stacks", "yes", "รับซ้อนกับเงินเพื่อวัตถุประสงค์เดียวกันได้"),
    ),
    first=("label", "kind", "payees"),
    new=(("kind", "flat"), ("payees", ["guardian"]), ("channels", ["bank", "cash"])),
)  # fmt: skip
DOCUMENTS = Part(
    "documents", "เอกสารและหลักฐาน", "หนังสือยินยอม หลักฐานการจ่าย แผน และหนังสือ", "เอกสาร",
    (
        LABEL, Input("kind", "choice", "ชนิดของเอกสาร", options=DOCUMENT_WORDS, optional=False), HELP,
        Input(
            "text", "letter", "ข้อความในหนังสือ", "เว้นไว้ทั้งสองภาษา หากเขียนหนังสือที่อื่นแล้วเก็บสำเนาไว้ที่นี่",
            when=("kind", ("letter",)),
        ),
        Input("required", "yes", "ต้องมีทุกราย"), Input("sensitive", "yes", "เอกสารอ่อนไหว เปิดดูต้องบอกเหตุผล"),
    ),
    first=("label", "kind"), new=(("kind", "evidence"),),
)  # fmt: skip
SETTINGS = Part(
    "settings", "ค่าที่ปรับได้", "ตัวเลขที่จังหวัดปรับได้โดยไม่ต้องแก้แบบ เช่น เพดานรายได้", "ค่า",
    (
        LABEL, Input("type", "choice", "ชนิดของค่า", options=SETTING_WORDS, optional=False), HELP,
        Input("default", "baht", "ค่าเริ่มต้น", when=("type", ("money",))),
        Input("default", "whole", "ค่าเริ่มต้น", when=("type", NUMBERS)),
        Input("default", "yes", "เริ่มต้นเป็น ใช่", when=("type", ("flag",))),
        Input("default", "line", "ค่าเริ่มต้น", when=("type", ("text",))),
        Input("default", "day", "ค่าเริ่มต้น", when=("type", ("date",))),
        Input("min", "baht", "น้อยที่สุด", when=("type", ("money",))),
        Input("max", "baht", "มากที่สุด", when=("type", ("money",))),
        Input("min", "whole", "น้อยที่สุด", when=("type", NUMBERS)),
        Input("max", "whole", "มากที่สุด", when=("type", NUMBERS)),
        UNIT,
    ),
    first=("label", "type"), new=(("type", "count"),),
)  # fmt: skip
PARTS = {part.name: part for part in (
    FIELDS, SECTIONS, STAGES, ENCOUNTERS, REFERRALS, BENEFITS, DOCUMENTS, SETTINGS, FIGURES, INDICATORS,
)}  # fmt: skip
SUBJECT_WORDS = (("person", "บุคคล"), ("institution", "สถานศึกษาหรือหน่วยงาน"))
ABOUT = (
    Input("name", "words", "ชื่อกลุ่มเป้าหมาย", optional=False),
    Input("serves", "words", "กลุ่มนี้คือใคร", optional=False),
    Input("summary", "words", "จังหวัดช่วยอะไร", optional=False),
)
