"""One step of bringing a province up to its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.identity import Actor

Write = Callable[[Session, Actor], object]


@dataclass(frozen=True, slots=True)
class Step:
    """``key`` tells one step of a province from another and is shown to people.

    ``unsaid`` are the words of ``wanted`` that leave what there is where they are empty. ``text`` is what a person
    reads where ``wanted`` is only a mark of it. ``take_away`` undoes the step, where the pages can.
    """

    key: str
    wanted: Mapping[str, Any]
    write: Write
    phase: int | None = None
    unsaid: frozenset[str] = frozenset()
    text: str = ""
    take_away: Write | None = None


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same as JSON can keep it."""
    return {key: _plain(value) for key, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
