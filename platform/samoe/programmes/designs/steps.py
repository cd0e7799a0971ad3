"""A calculation as a list of steps: each takes questions, whole numbers and the results of steps before it; the last is
the answer. In a file the same is steps within steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samoe.sdk.expressions import SEVERAL, TWO

RESULT = "step:"
"""What a part begins with that is the result of a step: its key follows. No question's name has a colon."""
OPS = (*SEVERAL, *TWO, "rows", "total", "age")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``how`` is empty while nothing is chosen."""

    key: str
    how: str = ""
    parts: tuple[str | int, ...] = ()
    column: str | None = None
    on: str | None = None

    def uses(self) -> set[str]:
        """The keys of the steps whose results it takes."""
        return {part.removeprefix(RESULT) for part in self.parts if isinstance(part, str) and part.startswith(RESULT)}


def steps_of(calculate: Any) -> list[Step]:
    """The steps of a calculation, each after those whose results it takes."""
    found: list[Step] = []

    def take(part: Any) -> str | int:
        if not isinstance(part, Mapping):
            return part if isinstance(part, str | int) else ""
        how = next((op for op in OPS if op in part), "")
        made = part.get(how)
        taken = [take(one) for one in made] if isinstance(made, list) else [take(made)] if made else []
        found.append(Step(str(len(found)), how, tuple(taken), part.get("column"), part.get("on")))
        return RESULT + found[-1].key

    if calculate:
        take(calculate)
    return found


def calculation_of(steps: Sequence[Step]) -> dict[str, Any]:
    """The calculation that whole steps make: the inverse of ``steps_of``."""
    made: dict[str | int, dict[str, Any]] = {}
    for step in steps:
        parts = [made.get(part, part) for part in step.parts]
        if step.how in (*SEVERAL, *TWO):
            found: dict[str, Any] = {step.how: parts}
        else:
            found = {step.how: parts[0]} | ({"column": step.column} if step.column else {})
            found |= {"on": step.on} if step.on else {}
        made[RESULT + step.key] = found
    return made[RESULT + steps[-1].key]
