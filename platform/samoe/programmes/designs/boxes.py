"""One box of a page of the builder, as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Box:
    """Its name in the form, what stands in it, and what may be chosen. ``theirs`` is what is kept now in words, where
    somebody else has changed it meanwhile to something else than what was typed; of texts in two languages it is by
    language."""

    name: str
    kind: str
    label: str
    hint: str
    optional: bool
    value: Any = ""
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str, tuple[Box, ...]], ...] = ()
    inner: tuple[Box, ...] = ()
    theirs: Any = None
