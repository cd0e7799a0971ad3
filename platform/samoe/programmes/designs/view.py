"""A draft's things as boxes with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import gettext, pick
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.reading import NO, YES, offered

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its name in the form, what stands in it, and what may be chosen."""

    name: str
    kind: str
    label: str
    hint: str
    optional: bool
    value: Any = ""
    options: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str, tuple[Box, ...]], ...] = ()
    inner: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a part's list."""

    slug: str
    label: str
    about: str
    faults: int
    first: bool
    last: bool


def boxes(part: Part, item: Item, body: Body, *, adding: bool = False) -> list[Box]:
    """The boxes of one thing."""
    return [box_of(one, one.key, item, body) for one in part.boxes(item, adding=adding)]


def asked(shown: list[Box]) -> dict[str, tuple[str, Any]]:
    """What a page asks: each box by its name, those in small tables too, with how it is typed and what is offered."""
    each = {one.name: (one.kind, one.options) for box in shown for one in (box, *box.inner)}
    tables = {box.name: (box.kind, [each[one.name] for one in box.inner]) for box in shown if box.kind == "table"}
    return {**each, **tables}


def mendable(fault: str, before: list[Box], after: list[Box]) -> bool:
    """Whether a fault of this name is at a box that was shown and is still the same: else what to choose from follows
    only once the rest is kept."""
    shown, now = asked(before), asked(after)
    return any(
        now.get(name) == said and (fault == name or (fault.startswith(f"{name}.") and said[0] != "table"))
        for name, said in shown.items()
    )


def box_of(box: Input, name: str, item: Mapping[str, Any], body: Mapping[str, Any]) -> Box:
    """One box with what stands in it."""
    value: Any = item.get(box.key)
    options = tuple((key, _said(words)) for key, words in offered(box, item, body)) if _choosing(box) else ()
    kind = box.kind
    rows: tuple[tuple[str, str, tuple[Box, ...]], ...] = ()
    inner: tuple[Box, ...] = ()
    if box.kind == "words":
        value = dict(value) if isinstance(value, Mapping) else {}
    elif box.kind == "lines":
        value = "\n".join(map(str, value or ()))
    elif box.kind == "commas":
        value = ", ".join(map(str, value or ()))
    elif box.kind == "headers":
        value = "\n".join((value or [{}])[0].get("headers", ()))
    elif box.kind in ("ticks", "several"):
        kind, value = "ticks", list(value or ())
    elif box.kind == "rows":
        rows = _rows(box, name, list(value or ()), body)
    elif box.kind == "answer":
        kind, options, value = "choice", _answers(item, body), {True: YES, False: NO}.get(value, value)
    elif box.kind == "table":
        now = dict(value or {})
        inner, value = tuple(box_of(one, f"{name}.{one.key}", now, body) for one in box.inner if one.asked(now)), None
    elif box.kind in ("one", "contract"):
        kind = "choice"
    return Box(
        name, kind, gettext(box.label), gettext(box.hint) if box.hint else "", box.optional,
        "" if value is None else value, options, rows, inner,
    )  # fmt: skip


def lines(part: Part, body: Body, faults: Mapping[int, int]) -> list[Line]:
    """The list of a part."""
    found = items(body, part.name)
    return [
        Line(
            str(item.get(part.key)), _said(item.get("label")), _about(part, item), faults.get(place, 0),
            place == 0, place == len(found) - 1,
        )
        for place, item in enumerate(found)
    ]  # fmt: skip


def _choosing(box: Input) -> bool:
    return bool(box.options or box.of or box.kind == "contract")


def _rows(
    box: Input, name: str, found: list[Item], body: Mapping[str, Any]
) -> tuple[tuple[str, str, tuple[Box, ...]], ...]:
    blank: list[Item] = [{} for _ in range(BLANK_ROWS)]
    return tuple(
        (
            f"{name}.{index}", str(row.get("value", "")),
            tuple(box_of(one, f"{name}.{index}.{one.key}", row, body) for one in box.inner),
        )
        for index, row in enumerate([*found, *blank])
    )  # fmt: skip


def _answers(item: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    field = next((one for one in items(body, "fields") if one.get("slug") == item.get("field")), {})
    if field.get("type") == "flag":
        return ((YES, gettext("ใช่")), (NO, gettext("ไม่ใช่")))
    return tuple((str(option.get("value")), _said(option.get("label"))) for option in field.get("options") or ())


def _about(part: Part, item: Mapping[str, Any]) -> str:
    for key in ("type", "kind", "measure"):
        box = next((one for one in part.inputs if one.key == key), None)
        if box is not None and item.get(key):
            words = dict(box.options).get(str(item[key]))
            return _said(words) if words else str(item[key])
    return ""


def _said(words: Any) -> str:
    if isinstance(words, Mapping):
        return pick(str(words.get("th", "")), str(words.get("en", "")))
    return gettext(str(words)) if words else ""


def parts_of(subject: str) -> tuple[Part, ...]:
    """The parts that a group of this kind has."""
    return tuple(part for part in PARTS.values() if subject == "person" or part.name != "referrals")
