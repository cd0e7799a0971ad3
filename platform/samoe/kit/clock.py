"""The clock of Thailand, by which days begin and end here wherever the service runs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")


def now() -> datetime:
    """This moment, as a clock in Thailand shows it."""
    return datetime.now(UTC).astimezone(BANGKOK)


def today() -> date:
    """Today in Thailand."""
    return now().date()


def day_of(moment: datetime) -> date:
    """The day that a clock in Thailand showed."""
    return moment.astimezone(BANGKOK).date()
