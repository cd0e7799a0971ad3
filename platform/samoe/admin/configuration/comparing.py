"""What applying a province's files would add or change, and what stands in the database only."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from samoe.admin.provinces.step import Step

ADD, CHANGE, REMOVE, KEEP = "+", "~", "-", "="


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing. ``step`` writes it; None for what is only here, which stays."""

    mark: str
    key: str
    lines: tuple[str, ...] = ()
    step: Step | None = None

    def __str__(self) -> str:
        said = self.key.removeprefix("remove ") if self.mark == REMOVE else self.key
        return "\n".join((f"{self.mark} {said}", *(f"    {line}" for line in self.lines)))


def compare(
    wanted: Iterable[Step], removals: Iterable[Step], standing: Mapping[str, Step], said: Iterable[str],
    also: Mapping[str, frozenset[str]],
) -> Iterator[Difference]:  # fmt: skip
    """In the order in which it would be written.

    ``standing`` is everything as it is here, ``said`` the keys of what a file would have to say of it, and ``also``
    the marks of what is published here for a later day.
    """
    named = set()
    for step in wanted:
        named.add(step.key)
        known = standing.get(step.key)
        if known is None:
            yield Difference(ADD, step.key, (), step)
        elif step.wanted.get("sha256") not in also.get(step.key, ()) and (lines := tuple(_lines(known, step))):
            yield Difference(CHANGE, step.key, lines, step)
    for step in removals:
        line = step.key.removeprefix("remove ")
        named.add(line)
        if line in standing:
            yield Difference(REMOVE, step.key, (), step)
    for key in said:
        if key not in named:
            yield Difference(KEEP, key)


def _lines(known: Step, wanted: Step) -> Iterator[str]:
    changed = {
        key: (known.wanted.get(key), new)
        for key, new in wanted.wanted.items()
        if new != known.wanted.get(key) and not (key in wanted.unsaid and not new)
    }
    if changed and wanted.text:
        yield from _text_lines(known.text, wanted.text)
    else:
        yield from (f"{key}: {_shown(old)} -> {_shown(new)}" for key, (old, new) in changed.items())


def _text_lines(before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")) and line[1:].strip():
            yield f"{line[0]} {line[1:].strip()}"


def _shown(value: Any) -> str:
    return "-" if value is None or value == "" else str(value)
