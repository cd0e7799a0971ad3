"""The builder's form: fields are named by the path of their clause (``c.1.0.op``), those of needs by number.

What is sent is laid over the rule that was shown, so that a form can pick and tune but never smuggle in a clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samoe.kit.problem import Problems
from samoe.kit.reading import Reading, Sent
from samoe.programmes.criteria.buttons import path_of, press
from samoe.programmes.criteria.choices import measures
from samoe.programmes.criteria.leaves import NO_SUCH, LeafReader
from samoe.programmes.criteria.shape import Path, Shape, flags_only, parts, with_parts
from samoe.sdk import Age, All, Compare, Manifest, Node, Some
from samoe.targetgroups.tuning import checked

ANSWERED = "answered"
"""The operator of a need that asks for any answer."""
GROUPS = ("any", "all")


@dataclass(frozen=True, slots=True)
class Picked:
    """A rule being worked on: its shape, and the settings of the group as it will be judged with."""

    shape: Shape
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishForm:
    """The day, why, and the resolution that a change after a screening needs."""

    effective_on: date | None
    """None is from the beginning: only a first version from a file may say so."""
    reason: str | None
    resolution_id: UUID | None = None


def name_of(path: Path) -> str:
    """The name of a clause in the form."""
    return ".".join(("c", *map(str, path)))


def read(sent: Sent, manifest: Manifest, shown: Picked, do: str = "") -> Picked:
    """What was picked in the rule that was ``shown``, and then what the button ``do`` does to it.

    Raises ``Problems`` with the form names at fault; those of a clause that is being removed do not count.
    """
    reader = _Builder(sent, manifest, shown)
    shape = reader.shape()
    verb, _, where = do.partition(":")
    if verb == "remove":
        gone = f"{name_of(path_of(where))}."
        reader.reading.problems = [p for p in reader.reading.problems if not (p.field or "").startswith(gone)]
    settings = reader.settings()
    reader.reading.check()
    return Picked(press(shape, manifest, verb, where) if verb else shape, settings)


def read_publishing(sent: Sent) -> PublishForm:
    """The day from which the criteria are used is needed."""
    reading = Reading(sent)
    effective_on = reading.day("effective_on", required="กรอกวันที่เริ่มใช้เกณฑ์")
    reason = reading.text("reason", longest=2000) or None
    reading.check()
    assert effective_on is not None  # noqa: S101 (check raised otherwise)
    return PublishForm(effective_on, reason)


class _Builder:
    def __init__(self, sent: Sent, manifest: Manifest, shown: Picked) -> None:
        self.reading = Reading(sent)
        self.manifest = manifest
        self.shown = shown
        self.leaves = LeafReader(self.reading, measures(manifest, shown.shape.tree))

    def shape(self) -> Shape:
        clauses = tuple(self._node((index,), clause) for index, clause in enumerate(self.shown.shape.clauses))
        needs = tuple(self._need(f"n.{index}", item) for index, item in enumerate(self.shown.shape.needs))
        return Shape(clauses, needs)

    def settings(self) -> dict[str, Any]:
        for slug, (value, box) in self.leaves.tuned.items():
            try:
                checked(self.manifest, {slug: value})
            except Problems as refused:
                for problem in refused.problems:
                    problem.field = box
                self.reading.problems.extend(refused.problems)
        return {**self.shown.settings, **{slug: value for slug, (value, _) in self.leaves.tuned.items()}}

    def _need(self, name: str, item: str | Compare) -> str | Compare:
        measure = self.leaves.known.get(self.reading.sent.text(f"{name}.measure"))
        if measure is None or measure.field is None:
            return item
        if (self.reading.sent.text(f"{name}.op") or ANSWERED) == ANSWERED:
            return measure.field.slug
        before = measure.first_clause() if isinstance(item, str) else item
        leaf = self.leaves.read(name, before)
        return leaf if isinstance(leaf, Compare) else item

    def _node(self, path: Path, node: Node) -> Node:
        name = name_of(path)
        if isinstance(node, Compare | Age):
            return self.leaves.read(name, node)
        if flags_only(node) and self.reading.flag(f"{name}.boxes"):
            return self._boxes(f"{name}.flags", node)
        inner = tuple(self._node((*path, index), clause) for index, clause in enumerate(parts(node)))
        kind = self.reading.sent.text(f"{name}.kind")
        if not isinstance(node, All | Some) or not kind:
            return with_parts(node, inner)
        if kind not in GROUPS:
            self.reading.fault(f"{name}.kind", NO_SUCH)
            return node
        return Some(inner) if kind == "any" else All(inner)

    def _boxes(self, name: str, node: Node) -> Node:
        flags = [field.slug for field in self.manifest.fields if field.type == "flag"]
        ticked = self.reading.some_of(name, flags)
        if not ticked and not self.reading.faulty(name):
            self.reading.fault(name, "เลือกอย่างน้อยหนึ่งข้อ หรือเอาข้อนี้ออกทั้งข้อ")
        return Some(tuple(Compare(slug, "is_true") for slug in ticked)) if ticked else node
