"""What htmx 4 tells of a request, and nothing else of htmx on the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Htmx:
    """``partial`` is true when only a part of the page is wanted; a boosted link wants the full page."""

    request: bool
    partial: bool
    target: str | None
    source: str | None
    current_url: str | None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Htmx:
        asked = headers.get("hx-request") == "true"
        return cls(
            request=asked,
            partial=asked and headers.get("hx-request-type") == "partial",
            target=headers.get("hx-target"),
            source=headers.get("hx-source"),
            current_url=headers.get("hx-current-url"),
        )
