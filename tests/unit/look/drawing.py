"""Draws templates as a request would, without a request: the real environment, a made-up visitor."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from samoe.i18n import use_locale
from samoe.web.templates import environment

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
LEAD = SimpleNamespace(
    name="ธนวัฒน์ ปินตา",
    role_name="ผู้รับผิดชอบโครงการ",
    tenant_name="ลำปาง",
    national=False,
    district_codes=None,
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
