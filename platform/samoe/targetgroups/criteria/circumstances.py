"""What a rule is judged under, beside a person's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samoe.sdk import FromSetting, Manifest, Moment
from samoe.sdk.criteria import Value

QUALIFIES, DOES_NOT, UNKNOWN = "qualifies", "does_not", "unknown"


@dataclass(frozen=True)
class Circumstances:
    """The group's fields, the settings in force and the days that ages are counted on."""

    manifest: Manifest
    today: date
    phase_start: date | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    phase_end: date | None = None

    def value(self, value: Value) -> Any:
        """The literal, what the province has set (None where it has set nothing), or the day that a moment means."""
        if isinstance(value, Moment):
            anchor = self.moment(value.at)
            return value.day(anchor).isoformat() if anchor else None
        return self.settings.get(value.slug) if isinstance(value, FromSetting) else value

    def moment(self, at: str) -> date | None:
        """The day that an ``age_at`` means."""
        if at == "today":
            return self.today
        if at in ("phase_start", "phase_end"):
            return self.phase_start if at == "phase_start" else self.phase_end
        return date.fromisoformat(at)


def place(slug: str) -> tuple[str, str]:
    """Where an answer lies: under its field, and for a part of a scale's result, under that part within it."""
    field, _, part = slug.partition(".")
    return field, part


def outcome(answer: bool | None) -> str:  # noqa: FBT001  (the answer is the subject)
    """The name of an answer as decisions keep it."""
    if answer is None:
        return UNKNOWN
    return QUALIFIES if answer else DOES_NOT
