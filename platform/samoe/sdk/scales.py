"""Scales: instruments with scored items or with totals, kept as versioned data."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from samoe.sdk.levels import Band, Level, Percents, judge_levels, level_of
from samoe.sdk.scale_items import Part, ScaleGroup, Score, Source
from samoe.sdk.tables import Table
from samoe.sdk.text import Text

KINDS = ("marks", "totals")
COUNTS = ("lowest", "worst")
NO_FACTS: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Scale:
    """An edition of an instrument: what is marked, the marks there are, and the level that follows.

    ``marks``: every item gets one of ``scores``. The level follows from how many items have the lowest mark, or, where
    ``counts`` is ``worst``, from the worst mark of all. ``totals``: every part gets a number, its band is looked up,
    and the level is the band of the part that ``decides``. ``asks`` are fields of the group asked with every sitting.
    """

    slug: str
    version: str
    label: Text
    scores: tuple[Score, ...] = ()
    not_applicable: tuple[str, ...] = ()
    groups: tuple[ScaleGroup, ...] = ()
    levels: tuple[Level, ...] = ()
    kind: str = "marks"
    asks: tuple[str, ...] = ()
    counts: str = "lowest"
    percents: Percents | None = None
    parts: tuple[Part, ...] = ()
    bands: tuple[Band, ...] = ()
    decides: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """All item codes, in order; of totals, the parts that are typed in."""
        if self.kind == "totals":
            return tuple(part.code for part in self.parts if not part.adds)
        return tuple(item for group in self.groups for item in group.items)

    @property
    def optional_items(self) -> frozenset[str]:
        """The codes that may be not applicable."""
        return frozenset(item for group in self.groups if group.optional for item in group.items)

    @property
    def lowest(self) -> int:
        """The mark that levels count."""
        return min(score.value for score in self.scores)

    def part(self, code: str) -> Part:
        """The part of this code."""
        return next(part for part in self.parts if part.code == code)

    def level(self, code: str) -> Level | None:
        """The level of this code, where the edition has one."""
        return next((level for level in self.levels if level.code == code), None)

    def asked_groups(self, facts: Mapping[str, Any] = NO_FACTS) -> tuple[ScaleGroup, ...]:
        """The groups whose items are to be marked; ``facts`` takes out those that cannot apply."""
        return tuple(group for group in self.groups if not group.only_where or facts.get(group.only_where) is not False)

    def asked(self, facts: Mapping[str, Any] = NO_FACTS) -> tuple[str, ...]:
        """The items to be marked where the facts are these."""
        if self.kind == "totals":
            return self.items
        return tuple(item for group in self.asked_groups(facts) for item in group.items)

    def level_of(self, count: int, facts: Mapping[str, Any] = NO_FACTS) -> Level | None:
        """The level of a result with this count; None where it hangs on a fact that is not known."""
        return level_of(self.levels, count, facts)

    def band_of(self, part: str, total: int, facts: Mapping[str, Any] = NO_FACTS) -> str | None:
        """The band of a part's total; None where no table for it is confirmed."""
        return next((band.level for band in self.bands if band.covers(part, total, facts)), None)

    def needs_band(self, part: str, facts: Mapping[str, Any] = NO_FACTS) -> bool:
        """Whether there is no table for the part, so that its band is asked for as whoever scored it read it."""
        return not any(band.part == part and band.holds(facts) for band in self.bands)

    def failing(self, result: Mapping[str, Any]) -> tuple[str, ...]:
        """The items that a result has at the lowest mark; of totals, the parts in a band that does not pass."""
        if self.kind == "totals":
            fails = {level.code for level in self.levels if not level.passes}
            return tuple(part.code for part in self.parts if result.get("bands", {}).get(part.code) in fails)
        return tuple(item for item in self.items if result.get("scores", {}).get(item) == self.lowest)

    def result(
        self,
        scores: Mapping[str, int | None],
        facts: Mapping[str, Any] = NO_FACTS,
        bands: Mapping[str, str | None] = NO_FACTS,
    ) -> dict[str, Any]:
        """The answer of a field of type scale: marks by item (None: not applicable), counts and level.

        Every item that ``facts`` ask for must be marked. ``bands`` are those read elsewhere, for parts without a table.
        """
        if self.kind == "totals":
            return self._totals(scores, facts, bands)
        asked = set(self.asked(facts))
        marks = {item: scores[item] if item in asked else None for item in self.items}
        given = [mark for mark in marks.values() if mark is not None]
        lowest = sum(1 for mark in given if mark == self.lowest)
        counted = lowest if self.counts == "lowest" else min(given, default=self.lowest)
        result: dict[str, Any] = {
            "version": self.version,
            "scores": marks,
            "lowest": lowest,
            "not_applicable": len(marks) - len(given),
            "total": sum(given),
        }
        level = self.level_of(counted, facts) if given else None
        if self.percents is not None and self.percents.counts and given:
            most = max(score.value for score in self.scores) * len(given)
            level = self._lower(level, self.percents.level_of(Decimal(sum(given) * 100) / most))
        return result if level is None else {**result, "level": level.code}

    def listed(self, failing: Collection[str], *, at_least: bool = False) -> dict[str, Any]:
        """The answer where no more is known than which items are at the lowest mark: other items are left open.

        ``at_least``: there may be more such items. There is a level where one follows whatever the open items have.
        """
        result: dict[str, Any] = {
            "version": self.version,
            "scores": {item: self.lowest for item in self.items if item in failing},
            "lowest": len(failing),
            "listed": True,
        }
        if at_least:
            result["at_least"] = True
        level = self.level_of(len(failing) if self.counts == "lowest" else self.lowest)
        may_fall = at_least if self.percents is None or not self.percents.counts else True
        if level is None or (may_fall and level.code != self.levels[-1].code):
            return result
        return {**result, "level": level.code}

    def _totals(
        self, totals: Mapping[str, int | None], facts: Mapping[str, Any], read: Mapping[str, str | None]
    ) -> dict[str, Any]:
        found: dict[str, int | None] = {}
        for part in self.parts:
            added = [found[code] for code in part.adds]
            known = [value for value in added if value is not None]
            found[part.code] = totals[part.code] if not part.adds else sum(known) if len(known) == len(added) else None
        bands = {}
        for code, total in found.items():
            band = read.get(code) if total is None else self.band_of(code, total, facts) or read.get(code)
            if band is not None:
                bands[code] = band
        result: dict[str, Any] = {"version": self.version, "scores": found, "bands": bands}
        decides = self.decides or self.parts[-1].code
        if found[decides] is not None:
            result["total"] = found[decides]
        if decides in bands:
            result["level"] = bands[decides]
        return {**result, "lowest": len(self.failing(result))}

    def _lower(self, one: Level | None, code: str | None) -> Level | None:
        order = [level.code for level in self.levels]
        found = [level for level in (one, self.level(code) if code else None) if level is not None]
        return max(found, key=lambda level: order.index(level.code), default=None)

    @classmethod
    def read(cls, table: Table) -> "Scale":
        kind = table.one_of("kind", KINDS) or "marks"
        percents = table.table("percents")
        scale = cls(
            slug=table.need_slug("slug"),
            version=table.need_string("version"),
            label=table.need_text("label"),
            scores=tuple(Score.read(item) for item in table.tables("scores")),
            not_applicable=table.strings("not_applicable"),
            groups=tuple(ScaleGroup.read(item) for item in table.tables("groups")),
            levels=tuple(Level.read(item, counted=kind == "marks") for item in table.tables("levels")),
            kind=kind,
            asks=table.strings("asks"),
            counts=table.one_of("counts", COUNTS) or "lowest",
            percents=None if percents is None else Percents.read(percents),
            parts=tuple(Part.read(item) for item in table.tables("parts")),
            bands=tuple(Band.read(item) for item in table.tables("bands")),
            decides=table.string("decides"),
            sources=tuple(Source.read(item) for item in table.tables("sources")),
        )
        scale._judge(table)
        table.done()
        return scale

    def _judge(self, table: Table) -> None:
        judge_levels(self.levels, table, counted=self.kind == "marks")
        codes = {level.code for level in self.levels}
        if len(set(self.items)) != len(self.items):
            table.fault("groups" if self.kind == "marks" else "parts", "มีข้อที่รหัสซ้ำกัน")
        if self.kind == "totals":
            self._judge_totals(table, codes)
            return
        if not self.scores:
            table.fault("scores", "ต้องมีอย่างน้อยหนึ่งรายการ")
        values = {score.value for score in self.scores}
        sources = {source.code for source in self.sources}
        for index, group in enumerate(self.groups):
            for code in sorted({code for wording in group.wordings for code in wording.read_in} - sources):
                table.fault(f"groups[{index}].wordings", "ไม่มีที่มาชื่อ %(code)s", code=code)
            if any(share.value not in values for share in group.shares):
                table.fault(f"groups[{index}].shares", "ให้คะแนนที่ไม่อยู่ในรายการคะแนน")
        steps = {step.code for step in self.percents.levels} if self.percents else set()
        for code in sorted(steps - codes):
            table.fault("percents.levels", "ไม่มีระดับชื่อ %(code)s", code=code)

    def _judge_totals(self, table: Table, codes: set[str]) -> None:
        known: set[str] = set()
        for index, part in enumerate(self.parts):
            for code in part.adds:
                if code not in known:
                    table.fault(f"parts[{index}].adds", "ไม่มีส่วนชื่อ %(code)s ก่อนหน้าส่วนนี้", code=code)
            known.add(part.code)
        if not self.parts:
            table.fault("parts", "ต้องมีอย่างน้อยหนึ่งรายการ")
        if self.decides is not None and self.decides not in known:
            table.fault("decides", "ไม่มีส่วนชื่อ %(code)s", code=self.decides)
        for index, band in enumerate(self.bands):
            if band.part not in known:
                table.fault(f"bands[{index}].part", "ไม่มีส่วนชื่อ %(code)s", code=band.part)
            if band.level not in codes:
                table.fault(f"bands[{index}].level", "ไม่มีระดับชื่อ %(code)s", code=band.level)
