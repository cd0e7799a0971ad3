"""What part of the audit trail somebody asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from samoe.admin.trail.words import SUBJECTS, VERBS
from samoe.kit.reading import Reading, Sent


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters of the trail. Days are whole days in Thailand, both included."""

    who: str = ""
    verb: str = ""
    subject: str = ""
    subject_id: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrowed(self) -> bool:
        return self != Asked()


def read_filters(sent: Sent, who: str) -> Asked:
    """Filters from the address; ``who`` is a name, and names stand in none.

    What cannot be read counts as not asked: an address is not a form to be mended.
    """
    reading = Reading(sent)
    return Asked(
        who=who,
        verb=reading.one_of("verb", VERBS) or "",
        subject=reading.one_of("subject", SUBJECTS) or "",
        subject_id=reading.text("id", longest=60),
        since=reading.day("since"),
        until=reading.day("until"),
    )


def read_place(typed: str) -> tuple[datetime, UUID] | None:
    """Where the page before ended."""
    at, _bar, last = typed.partition("|")
    try:
        return datetime.fromisoformat(at), UUID(last)
    except ValueError:
        return None
