"""The line that every sheet with persons carries when it leaves the system: for whom it was made, and when."""

from __future__ import annotations

from collections.abc import Mapping

from samoe.i18n import current_locale, gettext
from samoe.identity import Actor
from samoe.kit import be_format, clock

MARK_SENTENCES: Mapping[str, str] = {
    "taken": "ทำให้ %(name)s เมื่อ %(day)s เวลา %(time)s น. มีข้อมูลส่วนบุคคล",
    "asked": "ทำโดย %(name)s เมื่อ %(day)s เวลา %(time)s น. ตามคำขอของเจ้าของข้อมูล",
}
"""For whom works with it, and for whom it is about."""


def mark_of(actor: Actor, why: str = "taken") -> str:
    """In the language of the moment."""
    now = clock.now()
    day = be_format.short(now.date(), current_locale())
    return gettext(MARK_SENTENCES[why], name=actor.name, day=day, time=f"{now:%H:%M}")
