"""Draws templates as a request would, without a request: the real environment, a made-up visitor."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samoe.i18n import use_locale
from samoe.web.templates import environment
from samoe.web.today import KeyFigure, Progress, Reach, Task, Waiting

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
TODAY = date(2021, 7, 12)
LEAD = SimpleNamespace(
    name="ธนวัฒน์ ปินตา", role_name="ผู้รับผิดชอบโครงการ", tenant_name="ลำปาง", national=False, district_codes=None
)
MENU = [
    SimpleNamespace(label=label, href=href, current=href == "/", count=count)
    for label, href, count in [
        ("วันนี้", "/", 5), ("กลุ่มเป้าหมาย", "/groups", None), ("รายชื่อและงานรายคน", "/people", None),
        ("นำเข้า Excel", "/imports", None), ("คำขอและงบประมาณ", "/requests", 1), ("เป้าหมายกับผล", "/targets", None),
        ("แผนที่", "/map", None), ("รายงาน", "/reports", None),
    ]
]  # fmt: skip


def draw(template: str, locale: str = "th", actor: Any = LEAD, theme: str = "", **data: Any) -> str:
    """The page as it would be sent."""
    visit = SimpleNamespace(locale=locale, theme=theme, path="/", csrf_token="token", problems=(), request_id="r1")
    given = {
        "ctx": visit, "actor": actor, "nonce": "n0nce", "menu": MENU if actor else [], "toast": None, "path": "/",
    }  # fmt: skip
    with use_locale(locale):
        return environment(ROOT).get_template(template).render(**{**given, **data})


_TARGETS = [
    ("แม่พริก", 42, 60), ("เกาะคา", 147, 190), ("เถิน", 181, 210), ("วังเหนือ", 125, 140), ("เมืองลำปาง", 609, 640),
    ("เมืองปาน", 77, 80), ("สบปราบ", 84, 85), ("เสริมงาม", 89, 90), ("ห้างฉัตร", 149, 150), ("แม่เมาะ", 110, 110),
    ("แจ้ห่ม", 105, 105), ("แม่ทะ", 176, 170), ("งาว", 156, 150),
]  # fmt: skip
_TILES = [
    ("วังเหนือ", 71, 2, 1), ("เมืองปาน", 58, 1, 2), ("แจ้ห่ม", 83, 2, 2), ("งาว", 88, 3, 2), ("ห้างฉัตร", 62, 1, 3),
    ("เมืองลำปาง", 54, 2, 3), ("แม่เมาะ", 91, 3, 3), ("เสริมงาม", 86, 1, 4), ("เกาะคา", 47, 2, 4), ("แม่ทะ", 69, 3, 4),
    ("เถิน", 38, 1, 5), ("สบปราบ", 74, 2, 5), ("แม่พริก", None, 1, 6),
]  # fmt: skip


def home() -> dict[str, Any]:
    """What the home page is given, as in the picture of it."""
    quarters = ["15 ม.ค. – 14 เม.ย.", "15 เม.ย. – 14 ก.ค.", "15 ก.ค. – 14 ต.ค.", "15 ต.ค. – 14 ม.ค."]
    events = [
        ("นำเข้าข้อมูล", "18 ก.พ.", 0.094, True), ("ส่งคำขอ", "22 มี.ค.", 0.181, True), ("กสศ. อนุมัติ", "3 พ.ค.", 0.296, True),
        ("จ่ายงวด 1", "14 มิ.ย.", 0.413, True), ("รายงานไตรมาส 2", "30 ก.ค.", 0.537, False),
        ("จ่ายงวด 2", "15 ก.ย.", 0.665, False), ("ปิดงวด", "31 ธ.ค.", 0.958, False),
    ]  # fmt: skip
    return {
        "today": TODAY, "updated": "08:12 น.", "shown": "one", "as_of": "ข้อมูล ณ 11 ก.ค. 2564 เวลา 18:20 น. · กดที่ตัวเลขเพื่อดูรายชื่อหรือรายการที่นับ",
        "tasks": [
            Task("กสศ. ขอคำชี้แจง 12 บรรทัด", "คำขอ ลป. 64/003 · กลุ่มที่หนึ่ง", "ตอบคำถาม", "/q", TODAY - timedelta(1), True, "ถามเมื่อ 8 ก.ค."),
            Task("เด็ก 9 คนยังไม่ได้เยี่ยมตามกำหนด", "ติดตามเยี่ยมบ้าน · อำเภอเถิน", "มอบหมายใหม่", "/v", TODAY - timedelta(3), True, "ครูจันทร์เพ็ญ ใจมา และอีก 2 คน"),
            Task("ไฟล์เดือนมิถุนายนมี 50 แถวที่ต้องแก้", "นำเข้า Excel · ศพด. อำเภองาว", "ดูแถวที่ต้องแก้", "/i", TODAY, False, "ย้อนกลับได้ถึง 16 ก.ค."),
            Task("พิจารณาผลคัดกรอง 3 คนที่ขอยกเว้น", "คัดกรอง · อำเภอแจ้ห่ม", "พิจารณา", "/s", TODAY + timedelta(2), False, "เสนอโดย คุณอรุณี ปัญญาวงค์"),
            Task("ยังขาดข้อมูล 1 อำเภอ: แม่พริก", "รายงานไตรมาส 2 · ครบแล้ว 12 จาก 13 อำเภอ", "แจ้งเตือน", "/r", TODAY + timedelta(2)),
        ],
        "waiting": [Waiting("กสศ.", "พิจารณาคำขอ ศพด. 19 ศูนย์", date(2021, 7, 8)), Waiting("กศน. อำเภองาว", "ตอบรับส่งต่อ 6 คน", date(2021, 7, 7), "/w")],
        "status": {"headline": "เดินหน้าตามแผน", "level": "most", "by": "คุณธนวัฒน์ ปินตา", "on": date(2021, 7, 9), "href": "/status",
                   "text": "จ่ายงวด 1 ครบทุกอำเภอแล้ว อำเภอเถินเยี่ยมบ้านช้า เพราะถนนเข้าหมู่บ้านน้ำท่วม ขอกำลังเสริมจาก อสม. ในพื้นที่"},
        "phase": {"starts": date(2021, 1, 15), "ends": date(2022, 1, 14), "day": 179, "days": 365, "today": 0.49,
                  "quarters": [{"label": f"ไตรมาส {n + 1}", "range": r, "from": n * 0.2485, "current": n == 1} for n, r in enumerate(quarters)],
                  "events": [{"label": a, "when": b, "at": c, "done": d} for a, b, c, d in events]},
        "figures": [
            KeyFigure("เด็กที่ช่วยเหลือแล้ว", 2050, "คน", "จากเด็กใน ศพด. 5,197 คน (39.4%)", "/p", "ครบ 13 จาก 13 อำเภอ", 13, 13),
            KeyFigure("เงินช่วยเหลือ", "1,640,000", "บาท", "2,050 คน × 800 บาท", "/l", "หลักฐานครบ 2,050 รายการ", 1, 1),
            KeyFigure("ศพด. ที่ได้รับการพัฒนา", 19, "ศูนย์", "432,250 บาท จาก 173 ศูนย์", "/c", "ครบ 13 จาก 13 อำเภอ", 13, 13),
            KeyFigure("นอกระบบที่ต้องการช่วยเหลือ", 140, "คน", "จากที่สำรวจพบ 4,056 คน (3.5%)", "/o", "ถามแล้ว 10 จาก 13 อำเภอ", 10, 13),
        ],
        "progress": [Progress("one", "เด็กปฐมวัย", "คน", tuple(Reach(*row) for row in _TARGETS), "เรียงจากที่ยังห่างเป้ามากที่สุด รวม 2,180 คน"),
                     Progress("two", "ศพด.", "ศูนย์", ()), Progress("three", "นอกระบบ", "คน", ())],
        "district_map": {"title": "เยี่ยมบ้านแล้ว", "aside": "ร้อยละของเด็กที่ได้รับการช่วยเหลือ", "breaks": [50, 60, 75, 85], "columns": 3,
                         "note": "แต่ละช่องคือหนึ่งอำเภอ วางตามตำแหน่งจริง",
                         "tiles": [{"label": a, "value": b, "col": c, "row": d, "href": "/d"} for a, b, c, d in _TILES]},
    }  # fmt: skip
