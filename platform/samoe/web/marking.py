"""The line that every sheet with persons carries when it leaves the system: for whom it was made, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from samoe.i18n import current_locale, gettext
from samoe.identity import Actor
from samoe.kit import be_format
from samoe.web.context import BANGKOK


def mark_of(actor: Actor) -> str:
    """In the language of the moment."""
    now = datetime.now(UTC).astimezone(BANGKOK)
    return gettext(
        "ทำให้ %(name)s เมื่อ %(day)s เวลา %(time)s น. มีข้อมูลส่วนบุคคล",
        name=actor.name, day=be_format.short(now.date(), current_locale()), time=f"{now:%H:%M}",
    )  # fmt: skip
