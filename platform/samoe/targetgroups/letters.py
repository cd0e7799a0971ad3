"""The text of a letter: its places as people write them, and filled with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samoe.i18n import pick
from samoe.kit.thai import clean
from samoe.sdk import Text
from samoe.sdk.benefits import PLACE

BLANK = "…………………………"
"""Stands where something is not known, to be written in by hand."""
PLACE_NAMES: Mapping[str, Text] = {
    "name": Text("ชื่อ", "name"), "group": Text("กลุ่มเป้าหมาย", "target group"), "stage": Text("ขั้น", "stage"),
    "phase": Text("เลขระยะ", "phase number"), "district": Text("อำเภอ", "district"),
    "province": Text("จังหวัด", "province"),
    "lead_organisation": Text("หน่วยงานหลัก", "lead organisation"), "today": Text("วันที่วันนี้", "date today"),
}  # fmt: skip
"""What may be left to be filled in, as it is called where a letter is written."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its places filled, a paragraph a line; ``blank`` are the places that stay open."""

    paragraphs: tuple[str, ...]
    blank: tuple[str, ...]


def filled(text: str, values: Mapping[str, str]) -> Filled:
    """The text for one case. A place that nothing is known for is a dotted line."""
    blank: list[str] = []

    def fill(name: str) -> str:
        if not values.get(name) and name not in blank:
            blank.append(name)
        return values.get(name) or BLANK

    lines = [PLACE.sub(lambda place: fill(place[1]), line.strip()) for line in text.splitlines() if line.strip()]
    return Filled(tuple(lines), tuple(blank))


def place_names(side: str) -> list[tuple[str, str]]:
    """Every place with what it is called in one language."""
    return [(name, words.of(side)) for name, words in PLACE_NAMES.items()]


def as_written(text: str, side: str) -> str:
    """The text as people write it in one language: its places called by their names."""
    names = dict(place_names(side))
    return PLACE.sub(lambda place: f"{{{names.get(place[1], place[1])}}}", text)


def as_kept(typed: str, side: str) -> tuple[str, list[str]]:
    """What was written as it is kept, a paragraph a line, and the places in it that there are not."""
    known = {words.casefold(): name for name, words in place_names(side)} | {name: name for name in PLACE_NAMES}
    lost: list[str] = []

    def keep(name: str) -> str:
        found = known.get(clean(name).casefold())
        if found is None:
            lost.append(name)
        return f"{{{found or name}}}"

    lines = [PLACE.sub(lambda place: keep(place[1]), line) for line in map(clean, typed.splitlines()) if line]
    return "\n".join(lines), lost


def said(blank: tuple[str, ...]) -> str:
    """What is left blank, in words."""
    return ", ".join(pick(PLACE_NAMES[name].th, PLACE_NAMES[name].en) for name in blank)
