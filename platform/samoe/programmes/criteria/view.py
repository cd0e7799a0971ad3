"""A rule as rows for the builder's page: each clause with its names in the form and what stands in its boxes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.i18n import gettext, pick
from samoe.kit import satang
from samoe.programmes.criteria.buttons import flags_of
from samoe.programmes.criteria.choices import DAYS, SHIFTS, Measure, held, measure_of, measures
from samoe.programmes.criteria.findings import Finding
from samoe.programmes.criteria.forms import ANSWERED, Picked, name_of
from samoe.programmes.criteria.shape import DEEPEST, Path, flags_only, parts
from samoe.sdk import Age, All, Compare, FromSetting, Manifest, Moment, Node, Not


@dataclass(frozen=True, slots=True)
class Row:
    """One clause. ``kind`` is leaf, boxes, any, all or not; ``where`` is its path as buttons send it."""

    name: str
    where: str
    number: str
    kind: str
    first: bool
    last: bool
    alone: bool
    may_nest: bool
    measure: Measure | None = None
    op: str = ""
    operators: tuple[tuple[str, str], ...] = ()
    shown: str = ""
    chosen: tuple[str, ...] = ()
    day: date | None = None
    moment: Moment | None = None
    tuned: str = ""
    finding: str = ""
    refused: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def shift(self) -> tuple[str, int]:
        """How a moment is moved: the name of its way, and by how much."""
        if self.moment is None or not (self.moment.months or self.moment.days):
            return "", 0
        unit, by = ("months", self.moment.months) if self.moment.months else ("days", self.moment.days)
        return f"{unit}{'-' if by < 0 else '+'}", abs(by)


@dataclass(frozen=True, slots=True)
class Builder:
    """Everything the form needs: the rows, the needs, and what can be picked."""

    rows: tuple[Row, ...]
    needs: tuple[Row, ...]
    measures: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...]
    moments: tuple[tuple[str, str], ...]
    shifts: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def builder(manifest: Manifest, picked: Picked, findings: tuple[Finding, ...] = ()) -> Builder:
    """The rows of a rule being worked on, with what was found about them."""
    known = measures(manifest, picked.shape.tree)
    view = _View(manifest, known, picked.settings, {one.place: one for one in findings})
    labels = {field.slug: pick(field.label.th, field.label.en) for field in manifest.fields}
    needs = tuple(view.need(index, item) for index, item in enumerate(picked.shape.needs))
    asked = {row.measure.key for row in needs if row.measure}
    return Builder(
        rows=view.rows(picked.shape.clauses, ()),
        needs=needs,
        measures=tuple((key, measure.label) for key, measure in known.items()),
        fields=tuple((key, measure.label) for key, measure in known.items() if _plain(measure) or key in asked),
        flags=tuple((slug, labels[slug]) for slug in flags_of(manifest)),
        moments=tuple((key, gettext(word)) for key, word in DAYS.items()),
        shifts=tuple((key, gettext(word)) for key, word in SHIFTS.items()),
        findings=findings,
    )


@dataclass(frozen=True, slots=True)
class _View:
    manifest: Manifest
    known: Mapping[str, Measure]
    settings: Mapping[str, Any]
    found: Mapping[str, Finding]

    def rows(self, clauses: tuple[Node, ...], path: Path) -> tuple[Row, ...]:
        return tuple(self.row((*path, index), clause, len(clauses)) for index, clause in enumerate(clauses))

    def row(self, path: Path, node: Node, of: int) -> Row:
        place: dict[str, Any] = {
            "name": name_of(path), "where": ".".join(map(str, path)),
            "number": ".".join(str(step + 1) for step in path),
            "first": path[-1] == 0, "last": path[-1] == of - 1, "alone": of == 1 and len(path) == 1,
            "may_nest": len(path) < DEEPEST, **self.finding(name_of(path)),
        }  # fmt: skip
        if isinstance(node, Compare | Age):
            return Row(kind="leaf", **place, **self.leaf(node))
        if flags_only(node) and len(flags_of(self.manifest)) > 1:
            ticked = tuple(clause.field for clause in parts(node) if isinstance(clause, Compare))
            return Row(kind="boxes", chosen=ticked, **place)
        kind = "not" if isinstance(node, Not) else "all" if isinstance(node, All) else "any"
        return Row(kind=kind, rows=self.rows(parts(node), path), **place)

    def need(self, index: int, item: str | Compare) -> Row:
        """A field that must be answered, or a condition that must be known to hold."""
        place: dict[str, Any] = {
            "name": f"n.{index}", "where": str(index), "number": str(index + 1), "kind": "need", "first": True,
            "last": True, "alone": False, "may_nest": False, **self.finding(f"n.{index}"),
        }  # fmt: skip
        if isinstance(item, Compare):
            boxes = self.leaf(item)
        else:
            measure = next(m for m in self.known.values() if _plain(m) and m.field and m.field.slug == item)
            boxes = {"measure": measure, "op": ANSWERED, "operators": tuple(measure.operators())}
        answered = (ANSWERED, gettext("มีคำตอบ"))
        return Row(**place, **{**boxes, "operators": (answered, *boxes["operators"])})

    def leaf(self, leaf: Compare | Age) -> dict[str, Any]:
        measure, value = measure_of(leaf, self.known), held(leaf.value, self.settings)
        return {
            "measure": measure, "op": leaf.op, "operators": tuple(measure.operators(leaf.op)),
            "shown": _shown(measure, value), "chosen": _chosen(value),
            "day": date.fromisoformat(value) if measure.type == "date" and isinstance(value, str) else None,
            "moment": leaf.value if isinstance(leaf.value, Moment) else None, "tuned": self.setting(leaf),
        }  # fmt: skip

    def finding(self, name: str) -> dict[str, Any]:
        one = self.found.get(name)
        return {"finding": one.words, "refused": one.refused} if one else {}

    def setting(self, leaf: Compare | Age) -> str:
        if not isinstance(leaf.value, FromSetting):
            return ""
        label = self.manifest.setting(leaf.value.slug).label
        return pick(label.th, label.en)


def _plain(measure: Measure) -> bool:
    return measure.field is not None and measure.per is None and measure.every != "month"


def _shown(measure: Measure, value: Any) -> str:
    if value is None or measure.options or measure.type in ("flag", "date"):
        return ""
    if isinstance(value, list | tuple):
        return " ".join(_shown(measure, one) for one in value)
    if measure.type == "money":
        return satang.baht_short(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _chosen(value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return () if value is None or isinstance(value, Moment) else (str(value),)
