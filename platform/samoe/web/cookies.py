"""The cookies of Samoe: the session, the cross-site token of a visitor, the language, and a one-time sentence."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from samoe.i18n import LOCALES
from samoe.settings import Settings

CSRF = "samoe_visit"
LOCALE = "samoe_lang"
FLASH = "samoe_flash"
THEME = "samoe_theme"
THEMES = ("light", "dark")
SESSION_SECONDS = 12 * 3600
DEVICE_SECONDS = 30 * 24 * 3600


def session_name(settings: Settings) -> str:
    """``__Host-`` needs https; a laptop's ``make run`` has none."""
    return "__Host-samoe" if settings.public_url.startswith("https://") else "samoe_session"


def device_name(settings: Settings) -> str:
    """What a telephone is known by, with a token for each person on it (``samoe.identity.slips``)."""
    return "__Host-samoe_device" if settings.public_url.startswith("https://") else "samoe_device"


def make(settings: Settings, name: str, value: str, max_age: int | None) -> Cookie:
    """A cookie that scripts cannot read and other sites cannot send."""
    return Cookie(
        key=name, value=value, max_age=max_age, path="/", httponly=True, samesite="lax",
        secure=settings.public_url.startswith("https://"),
    )  # fmt: skip


def locale_of(request: Request[Any, Any, Any]) -> str:
    """The visitor's choice, else Thai: the language of the programme."""
    chosen = request.cookies.get(LOCALE, "")
    return chosen if chosen in LOCALES else LOCALES[0]


def theme_of(request: Request[Any, Any, Any]) -> str:
    """``light`` or ``dark`` where the visitor chose one; empty follows the machine."""
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in THEMES else ""
