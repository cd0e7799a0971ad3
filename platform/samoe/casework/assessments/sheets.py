"""The sheet of an instrument, section by section, and two results of it side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import pick
from samoe.sdk import Field, Manifest, Scale, Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be answered. ``kind``: ``mark``, ``share`` (a percentage), ``total``, or ``sum`` (only its band)."""

    code: str
    label: str
    kind: str
    optional: bool = False
    most: int = 0
    band: bool = False
    """Whether its band is asked for, because there is no table for it."""

    @property
    def title(self) -> str:
        return coded(self.code, self.label)


@dataclass(frozen=True, slots=True)
class Section:
    """What is answered on one page."""

    number: int
    code: str
    label: str
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        return coded(self.code, self.label)


@dataclass(frozen=True, slots=True)
class Pair:
    """One item before and after; None where it was not marked. ``step`` is 1 for better, -1 for worse."""

    code: str
    label: str
    before: int | None
    after: int | None
    step: int


@dataclass(frozen=True, slots=True)
class Change:
    """The items of a group before and after, how many of them fail, and the sum of their marks."""

    code: str
    label: str
    pairs: tuple[Pair, ...]
    failing: tuple[int, int]
    totals: tuple[int, int]

    @property
    def title(self) -> str:
        return coded(self.code, self.label)


def scale_of(manifest: Manifest, field: Field, scale: str = "", version: str = "") -> Scale:
    """The edition of an instrument that an assessment was made under, or the field's own where it is not kept."""
    kept = (one for one in manifest.scales if one.slug == scale and one.version == version)
    return next(kept, manifest.scale(field.scale or ""))


def sections(scale: Scale, facts: Mapping[str, Any]) -> list[Section]:
    """The pages of the sheet under these facts."""
    if scale.kind == "totals":
        return [Section(1, "", said(scale.label), tuple(_parts(scale, facts)))]
    found = []
    for number, group in enumerate(scale.asked_groups(facts), 1):
        kind = "share" if group.shares else "mark"
        optional = group.optional and not group.only_where
        items = tuple(Item(code, said(group.wording(code)), kind, optional) for code in group.items)
        found.append(Section(number, group.code, said(group.label), items))
    return found


def _parts(scale: Scale, facts: Mapping[str, Any]) -> list[Item]:
    return [
        Item(part.code, said(part.label), "sum" if part.adds else "total", most=part.most, band=asked)
        for part in scale.parts
        if (asked := scale.needs_band(part.code, facts)) or not part.adds
    ]


def label_of(scale: Scale, code: str) -> str:
    """An item as people read it: its wording, with its number where it has one, else its code."""
    if scale.kind == "totals":
        return next((said(part.label) for part in scale.parts if part.code == code), code)
    wording = next((found for group in scale.groups if (found := group.wording(code))), None)
    return coded(code, said(wording))


def coded(code: str, label: str) -> str:
    """An item as it is spoken of: by its number and its words; codes that are no numbers are for the program only."""
    return f"{code} {label}" if label and code[:1].isdigit() else label or code


def named(scale: Scale, code: str) -> str:
    """An item where it stands alone: as it is spoken of, or its code with the group that it belongs to."""
    label = label_of(scale, code)
    group = next((said(one.label) for one in scale.groups if code in one.items), "")
    return f"{code} {group}" if label == code and group else label


def sources_of(scale: Scale) -> list[str]:
    """Where the wordings of the instrument were read."""
    return [said(source.label) for source in scale.sources]


def group_of(scale: Scale, code: str) -> str:
    """The group that an item belongs to, as people read it."""
    found = next((group for group in scale.groups if code in group.items), None)
    return coded(found.code, said(found.label)) if found else ""


def mark_words(scale: Scale, mark: int | None) -> str:
    """A mark with its words."""
    word = next((said(score.label) for score in scale.scores if score.value == mark), "")
    return f"{mark} {word}".strip() if mark is not None else ""


def compare(scale: Scale, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Two results of an instrument, group by group. Beside a list, items of which nothing is known are left out."""
    was, now = before.get("scores", {}), after.get("scores", {})
    brief = bool(before.get("listed") or after.get("listed"))
    failed, fails = set(scale.failing(before)), set(scale.failing(after))
    if scale.kind == "totals":
        groups = [("", scale.label, tuple(part.code for part in scale.parts))]
    else:
        groups = [(group.code, group.label, group.items) for group in scale.groups]
    changes = []
    for code, label, items in groups:
        pairs = tuple(
            Pair(item, label_of(scale, item), was.get(item), now.get(item), _step(scale, was.get(item), now.get(item)))
            for item in items
            if not brief or item in was or item in now
        )
        if any(pair.before is not None or pair.after is not None for pair in pairs):
            counted = (len(failed & set(items)), len(fails & set(items)))
            sums = (sum(pair.before or 0 for pair in pairs), sum(pair.after or 0 for pair in pairs))
            changes.append(Change(code, said(label), pairs, counted, sums))
    return changes


def _step(scale: Scale, before: int | None, after: int | None) -> int:
    """Totals say nothing of better or worse by themselves."""
    if before is None or after is None or scale.kind == "totals":
        return 0
    return (after > before) - (after < before)


def said(words: Text | None) -> str:
    """The words in the language of the moment."""
    return pick(words.th, words.en) if words else ""
