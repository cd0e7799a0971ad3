"""Draws templates as a request would, without a request: the real environment, a made-up visitor."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samoe.i18n import use_locale
from samoe.web.menu import MenuEntry, MenuPart
from samoe.web.templates import environment

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
LEAD = SimpleNamespace(
    name="ธนวัฒน์ ปินตา",
    role_name="ผู้รับผิดชอบโครงการ",
    tenant_name="ลำปาง",
    tenant_kind="province",
    national=False,
    by_pin=False,
    reach="จังหวัด · ทุกอำเภอ",
)
_ENTRIES = tuple(
    MenuEntry(label, href, href == "/")
    for label, href in [
        ("วันนี้", "/"), ("กลุ่มเป้าหมาย", "/groups"), ("รายชื่อและงานรายคน", "/people"), ("นำเข้า Excel", "/imports"),
        ("คำขอและงบประมาณ", "/requests"), ("เป้าหมายกับผล", "/targets"), ("แผนที่", "/map"), ("รายงาน", "/reports"),
    ]
)  # fmt: skip
MENU = [
    MenuPart("", _ENTRIES[:4], folded=False), MenuPart("เงิน", _ENTRIES[4:6], folded=False),
    MenuPart("ตั้งค่า", _ENTRIES[6:], folded=True),
]  # fmt: skip


def draw(template: str, locale: str = "th", actor: Any = LEAD, theme: str = "", **data: Any) -> str:
    """The page as it would be sent."""
    visit = SimpleNamespace(
        locale=locale,
        theme=theme,
        path="/",
        csrf_token="token",
        problems=(),
        request_id="r1",
        unread=0,
        problem=lambda _name: None,
        settings=SimpleNamespace(slips=True),
    )
    given = {
        "ctx": visit, "actor": actor, "nonce": "n0nce", "menu": MENU if actor else [], "toast": None, "path": "/",
    }  # fmt: skip
    with use_locale(locale):
        return environment(ROOT).get_template(template).render(**{**given, **data})
