"""Levels: what a result of a scale comes to, and what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samoe.sdk.tables import Table
from samoe.sdk.text import Text


@dataclass(frozen=True, slots=True)
class When:
    """One answer among what the scale asks with every sitting."""

    field: str
    value: str

    def holds(self, facts: Mapping[str, Any]) -> bool:
        return facts.get(self.field) == self.value

    @classmethod
    def read(cls, table: Table) -> "When":
        when = cls(table.need_slug("field"), table.need_string("value"))
        table.done()
        return when


@dataclass(frozen=True, slots=True)
class Level:
    """A result: counts from ``least`` to ``most`` (None: no upper bound), where ``when`` holds.

    ``again_after`` is in how many days the next sitting is due, ``advice`` what is to be done now.
    """

    code: str
    label: Text
    least: int
    most: int | None
    passes: bool
    when: When | None = None
    again_after: int | None = None
    advice: Text | None = None

    def covers(self, count: int, facts: Mapping[str, Any]) -> bool:
        if self.when is not None and not self.when.holds(facts):
            return False
        return self.least <= count and (self.most is None or count <= self.most)

    @classmethod
    def read(cls, table: Table, *, counted: bool) -> "Level":
        """``counted``: the level follows from a count, so that it says from where to where."""
        when = table.table("when")
        level = cls(
            table.need_string("code"),
            table.need_text("label"),
            table.need_integer("least") if counted else table.integer("least") or 0,
            table.integer("most"),
            table.flag("passes"),
            None if when is None else When.read(when),
            table.integer("again_after"),
            table.text("advice"),
        )
        table.done()
        return level


@dataclass(frozen=True, slots=True)
class Band:
    """The totals of a part that come to a level, where ``when`` holds."""

    part: str
    level: str
    least: int
    most: int
    when: When | None = None

    def holds(self, facts: Mapping[str, Any]) -> bool:
        return self.when is None or self.when.holds(facts)

    def covers(self, part: str, total: int, facts: Mapping[str, Any]) -> bool:
        return self.part == part and self.holds(facts) and self.least <= total <= self.most

    @classmethod
    def read(cls, table: Table) -> "Band":
        when = table.table("when")
        band = cls(
            table.need_string("part"),
            table.need_string("level"),
            table.need_integer("least"),
            table.need_integer("most"),
            None if when is None else When.read(when),
        )
        table.done()
        return band


@dataclass(frozen=True, slots=True)
class Step:
    """A level by the share of all marks that can be had: from ``least`` per cent on."""

    code: str
    least: int

    @classmethod
    def read(cls, table: Table) -> "Step":
        step = cls(table.need_string("code"), table.need_integer("least"))
        table.done()
        return step


@dataclass(frozen=True, slots=True)
class Percents:
    """A second rule beside the count of lowest marks; where it ``counts``, the lower of the two levels holds."""

    counts: bool
    levels: tuple[Step, ...]

    def level_of(self, percent: Decimal) -> str | None:
        """The code of the level of this share."""
        reached = [step for step in self.levels if step.least <= percent]
        return max(reached, key=lambda step: step.least).code if reached else None

    @classmethod
    def read(cls, table: Table) -> "Percents":
        percents = cls(table.flag("counts"), tuple(Step.read(item) for item in table.tables("levels")))
        table.done()
        return percents


def level_of(levels: Iterable[Level], count: int, facts: Mapping[str, Any]) -> Level | None:
    """The level of a count under these facts; None where the facts do not settle it."""
    return next((level for level in levels if level.covers(count, facts)), None)


def judge_levels(levels: Sequence[Level], table: Table, *, counted: bool) -> None:
    """Note gaps and overlaps, for each condition apart."""
    if not levels:
        table.fault("levels", "ต้องมีอย่างน้อยหนึ่งรายการ")
    if not counted:
        return
    for when in dict.fromkeys(level.when for level in levels):
        mine = [(index, level) for index, level in enumerate(levels) if level.when == when]
        expected = 0
        for place, (index, level) in enumerate(mine):
            if level.least != expected:
                table.fault(f"levels[{index}].least", "ต้องเป็น %(expected)s เพื่อไม่ให้มีช่องว่างระหว่างระดับ", expected=expected)
            if (level.most is None) != (place == len(mine) - 1):
                table.fault(f"levels[{index}].most", "เว้นได้เฉพาะระดับสุดท้าย และระดับสุดท้ายต้องเว้น")
            expected = (level.most or 0) + 1
