"""What a handler may answer with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A template with its data. ``block`` names the part to send when only a part is wanted."""

    template: str
    data: Mapping[str, Any] = field(default_factory=dict)
    block: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redirect:
    """See other. ``toast`` is one sentence shown on the next page."""

    location: str
    toast: str | None = None
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file to save, never shown in the browser."""

    content: bytes
    file_name: str
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Done:
    """For another program: it is done, and there is nothing to show."""


def redirect(location: str, toast: str | None = None, undo: str | None = None) -> Redirect:
    """Send the person on after a write (303). Only paths of this site are possible."""
    if not location.startswith("/") or location.startswith("//"):
        raise ValueError("a redirect stays on this site")
    return Redirect(location, toast, undo)


Answer = Page | Redirect | Download | Done
