"""The name that a file came with: to be shown and to be offered when the file is saved, never to be used as a path."""

from __future__ import annotations

import unicodedata

LONGEST = 200
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Kinds of signs that nobody sees: line ends, signs that turn the direction of writing, halves."""


def shown(name: str) -> str:
    """The last part of the name without signs that nobody sees, and not longer than ``LONGEST``: its ending stays."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in _HIDDEN).strip(" .")
    if len(seen) <= LONGEST:
        return seen or "file"
    stem, dot, ending = seen.rpartition(".")
    if not dot or len(ending) > 8:
        return seen[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
