"""Ids as they come in addresses and forms."""

from __future__ import annotations

from uuid import UUID


def read(text: str) -> UUID | None:
    """The id, or None for anything that is none: it was never offered, and there is nothing of that id to find."""
    try:
        return UUID(text)
    except ValueError:
        return None
