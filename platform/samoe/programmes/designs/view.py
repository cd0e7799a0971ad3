"""A draft's things as boxes with what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samoe.i18n import gettext
from samoe.kit.reading import Sent
from samoe.programmes.designs import calculating
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.designs.boxes import Box
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.questions import SCALE_WORD
from samoe.programmes.designs.reading import NO, YES, offered
from samoe.programmes.designs.rows import pairs_text
from samoe.programmes.designs.telling import answers_of, said, theirs, told

BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in a part's list."""

    slug: str
    label: str
    about: str
    faults: int
    first: bool
    last: bool


def boxes(
    part: Part, item: Item, body: Body, *, adding: bool = False, stored: Item | None = None, used: bool = False,
    sent: Sent | None = None,
) -> list[Box]:  # fmt: skip
    """The boxes of one thing. ``stored`` is what is kept of it now, where ``item`` is what was typed (``sent``) and
    somebody else has changed it meanwhile; only what is ``used``, in a published version, can go out of use."""
    return [
        box_of(one if used else one.without("retired"), one.key, item, body, stored=stored, sent=sent)
        for one in part.boxes(item, adding=adding)
    ]


def asked(shown: list[Box]) -> dict[str, tuple[str, Any]]:
    """What a page asks: each box by its name, those in small tables too, with how it is typed and what is offered."""
    small = [one for box in shown if box.kind == "table" for one in box.inner]
    each = {one.name: (one.kind, one.options) for one in (*shown, *small)}
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


def box_of(
    box: Input, name: str, item: Item, body: Body, *, stored: Item | None = None, sent: Sent | None = None
) -> Box:
    """One box with what stands in it."""
    value: Any = item.get(box.key)
    options = tuple((key, said(words)) for key, words in offered(box, item, body)) if _choosing(box) else ()
    kind = box.kind
    rows: tuple[tuple[str, str, tuple[Box, ...]], ...] = ()
    inner: tuple[Box, ...] = ()
    if box.kind in ("words", "letter"):
        value = told(box, item, body)
    elif box.kind == "lines":
        value = "\n".join(map(str, value or ()))
    elif box.kind == "commas":
        value = ", ".join(map(str, value or ()))
    elif box.kind == "headers":
        value = "\n".join((value or [{}])[0].get("headers", ()))
    elif box.kind == "pairs":
        value = pairs_text(value or ())
    elif box.kind in ("ticks", "several", "answers"):
        kind, value = "ticks", list(value or ())
    elif box.kind == "rows":
        rows = _rows(box, name, list(value or ()), body, stored)
    elif box.kind == "how":
        kind, value, inner = "calculation", told(box, item, body), calculating.boxes(name, item, body, sent)
    elif box.kind == "answer":
        kind, options, value = "choice", answers_of(item, body), {True: YES, False: NO}.get(value, value)
    elif box.kind == "table":
        now = dict(value or {})
        inner, value = tuple(box_of(one, f"{name}.{one.key}", now, body) for one in box.inner if one.asked(now)), None
    elif box.kind == "day":
        value = date.fromisoformat(value) if value else None
    elif box.kind in ("one", "contract"):
        kind = "choice"
    return Box(
        name, kind, gettext(box.label), gettext(box.hint) if box.hint else "", box.optional,
        "" if value is None and kind != "day" else value, options, rows, inner,
        None if stored is None else theirs(box, item, stored, body),
    )  # fmt: skip


def lines(part: Part, body: Body, faults: Mapping[int, int]) -> list[Line]:
    """The list of a part."""
    found = items(body, part.name)
    return [
        Line(
            str(item.get(part.key)), said(item.get("label")), _about(part, item), faults.get(place, 0),
            place == 0, place == len(found) - 1,
        )
        for place, item in enumerate(found)
    ]  # fmt: skip


def _choosing(box: Input) -> bool:
    return bool(box.options or box.of or box.kind in ("answers", "contract"))


def _rows(
    box: Input, name: str, found: list[Item], body: Body, stored: Item | None
) -> tuple[tuple[str, str, tuple[Box, ...]], ...]:
    # A form that comes back has its empty rows still; no more are put below them.
    empty = next((place for place, row in enumerate(reversed(found)) if row), len(found))
    blank: list[Item] = [{} for _ in range(BLANK_ROWS - empty)]
    kept: dict[Any, Item] = {row.get(box.names): row for row in (stored or {}).get(box.key) or ()}
    return tuple(
        (
            f"{name}.{index}", str(row.get(box.names, "")),
            tuple(
                _cell(one, f"{name}.{index}.{one.key}", row, body, kept.get(row.get(box.names))) for one in box.inner
            ),
        )
        for index, row in enumerate([*found, *blank])
    )  # fmt: skip


def _cell(one: Input, name: str, row: Item, body: Body, stored: Item | None) -> Box:
    """A box of a row; an empty place where the row has no use for it."""
    if one.asked(row) and (row or one.key != "retired"):
        return box_of(one, name, row, body, stored=stored)
    return Box(name, "none", gettext(one.label), "", optional=True)


def _about(part: Part, item: Mapping[str, Any]) -> str:
    for key in ("type", "kind", "measure"):
        box = next((one for one in part.inputs if one.key == key), None)
        if box is not None and item.get(key):
            words = dict([*box.options, SCALE_WORD]).get(str(item[key]))
            return said(words) if words else str(item[key])
    return ""


def parts_of(subject: str) -> tuple[Part, ...]:
    """The parts that a group of this kind has."""
    return tuple(part for part in PARTS.values() if subject == "person" or part.name != "referrals")
