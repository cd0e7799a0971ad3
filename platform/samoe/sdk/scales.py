"""Scales: a standard with scored items, kept as versioned data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.sdk.tables import Table
from samoe.sdk.text import Text


@dataclass(frozen=True, slots=True)
class Score:
    """A mark that an item can get."""

    value: int
    label: Text

    @classmethod
    def read(cls, table: Table) -> "Score":
        score = cls(table.need_integer("value"), table.need_text("label"))
        table.done()
        return score


@dataclass(frozen=True, slots=True)
class ScaleGroup:
    """Items that belong together. Where ``optional``, an item may be marked as not applicable."""

    code: str
    label: Text
    items: tuple[str, ...]
    optional: bool = False

    @classmethod
    def read(cls, table: Table) -> "ScaleGroup":
        group = cls(
            table.need_string("code"),
            table.need_text("label"),
            table.strings("items"),
            table.flag("optional"),
        )
        if not group.items:
            table.fault("items", "ต้องมีอย่างน้อยหนึ่งข้อ")
        table.done()
        return group


@dataclass(frozen=True, slots=True)
class Level:
    """A result: from ``least`` to ``most`` items with the lowest mark (``most`` None: no upper bound)."""

    code: str
    label: Text
    least: int
    most: int | None
    passes: bool

    @classmethod
    def read(cls, table: Table) -> "Level":
        level = cls(
            table.need_string("code"),
            table.need_text("label"),
            table.need_integer("least"),
            table.integer("most"),
            table.flag("passes"),
        )
        table.done()
        return level


@dataclass(frozen=True, slots=True)
class Scale:
    """A standard of a year: its items, the marks they can get, and the level that follows."""

    slug: str
    version: str
    label: Text
    scores: tuple[Score, ...]
    not_applicable: tuple[str, ...]
    groups: tuple[ScaleGroup, ...]
    levels: tuple[Level, ...]

    @property
    def items(self) -> tuple[str, ...]:
        """All item codes, in order."""
        return tuple(item for group in self.groups for item in group.items)

    @property
    def optional_items(self) -> frozenset[str]:
        """The codes that may be not applicable."""
        return frozenset(item for group in self.groups if group.optional for item in group.items)

    @property
    def lowest(self) -> int:
        """The mark that levels count."""
        return min(score.value for score in self.scores)

    def level_of(self, lowest_items: int) -> Level:
        """The level of a result with so many items at the lowest mark."""
        return next(
            level
            for level in self.levels
            if level.least <= lowest_items and (level.most is None or lowest_items <= level.most)
        )

    def result(self, scores: Mapping[str, int | None]) -> dict[str, Any]:
        """The answer of a field of type scale: marks by item (None: not applicable), counts and level."""
        marks = {item: scores[item] for item in self.items}
        lowest = sum(1 for mark in marks.values() if mark == self.lowest)
        return {
            "version": self.version,
            "scores": marks,
            "lowest": lowest,
            "not_applicable": sum(1 for mark in marks.values() if mark is None),
            "level": self.level_of(lowest).code,
        }

    @classmethod
    def read(cls, table: Table) -> "Scale":
        scale = cls(
            slug=table.need_slug("slug"),
            version=table.need_string("version"),
            label=table.need_text("label"),
            scores=tuple(Score.read(item) for item in table.tables("scores")),
            not_applicable=table.strings("not_applicable"),
            groups=tuple(ScaleGroup.read(item) for item in table.tables("groups")),
            levels=tuple(Level.read(item) for item in table.tables("levels")),
        )
        scale._judge(table)
        table.done()
        return scale

    def _judge(self, table: Table) -> None:
        if not self.scores:
            table.fault("scores", "ต้องมีอย่างน้อยหนึ่งรายการ")
        if len(set(self.items)) != len(self.items):
            table.fault("groups", "มีข้อที่รหัสซ้ำกัน")
        expected = 0
        for index, level in enumerate(self.levels):
            if level.least != expected:
                table.fault(f"levels[{index}].least", "ต้องเป็น %(expected)s เพื่อไม่ให้มีช่องว่างระหว่างระดับ", expected=expected)
            last = index == len(self.levels) - 1
            if (level.most is None) != last:
                table.fault(f"levels[{index}].most", "เว้นได้เฉพาะระดับสุดท้าย และระดับสุดท้ายต้องเว้น")
            expected = (level.most or 0) + 1
        if not self.levels:
            table.fault("levels", "ต้องมีอย่างน้อยหนึ่งรายการ")
