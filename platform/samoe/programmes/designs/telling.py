"""What is kept of a box, in words: for somebody whose own change of it meets another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from samoe.i18n import current_locale, gettext, pick
from samoe.kit import be_format
from samoe.programmes.designs import calculating
from samoe.programmes.designs.bodies import Body, Item
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.reading import NO, YES, field_of, offered, options_of
from samoe.programmes.designs.rows import pairs_text
from samoe.targetgroups.letters import as_written


def theirs(box: Input, mine: Item, stored: Item, body: Body) -> Any:
    """What is kept now in words, where it is not what was typed; None where both are the same. Of texts in two
    languages those that differ, by language."""
    if box.kind == "rows":
        return _rows(box, mine, stored)
    now, typed = told(box, stored, body), told(box, mine, body)
    if isinstance(now, dict):
        return {side: said for side, said in now.items() if said != typed[side]} or None
    return None if now == typed else now


def _rows(box: Input, mine: Item, stored: Item) -> str | None:
    """The rows that are kept now, by their labels, where they are others than were typed; each cell tells its own."""
    kept, typed = ([row for row in one.get(box.key) or () if said_row(box, row)] for one in (stored, mine))
    if {row.get(box.names) for row in kept} == {row.get(box.names) for row in typed}:
        return None
    return ", ".join(said(row.get("label")) for row in kept)


def only_theirs(part: Part, mine: Item, stored: Item, body: Body) -> list[tuple[str, str]]:
    """What is kept now and has no box in the form as it was typed: the label of each with its value in words."""
    here = [box.key for box in part.boxes(mine)]
    found = [box for box in part.boxes(stored) if box.key not in here and stored.get(box.key) is not None]
    return [(gettext(box.label), _in_line(told(box, stored, body))) for box in found]


def told(box: Input, item: Item, body: Body) -> Any:
    """The value of a box in words; of texts in two languages both, by language."""
    value = item.get(box.key)
    if box.kind in ("words", "letter"):
        texts = value if isinstance(value, Mapping) else {}
        return {side: _written(box, str(texts.get(side) or ""), side) for side in ("th", "en")}
    if box.kind == "yes":
        return gettext("ใช่") if value else gettext("ไม่ใช่")
    if box.kind == "how":
        return calculating.said(item, body)
    if value is None:
        return ""
    if box.kind == "table":
        return " · ".join(_cells(box, value, body))
    if box.kind == "rows":
        return " / ".join(", ".join(_cells(box, row, body, bare=True)) for row in value if said_row(box, row))
    if box.kind == "pairs":
        return ", ".join(pairs_text(value).splitlines())
    if box.kind == "headers":
        return ", ".join(value[0].get("headers", ()))
    if box.kind == "day":
        return be_format.short(date.fromisoformat(value), current_locale())
    options = {one: said(words) for one, words in offered(box, item, body)}
    if box.kind == "answer":
        value = {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value
        options = dict(answers_of(item, body))
    if isinstance(value, list):
        return ", ".join(options.get(str(one), str(one)) for one in value)
    return options.get(str(value), str(value))


def said_row(box: Input, row: Item) -> bool:
    """Whether anything is typed in a row."""
    return any(row.get(one.key) is not None for one in box.inner)


def _cells(box: Input, row: Item, body: Body, *, bare: bool = False) -> Iterator[str]:
    """What a small table says, box by box; without the labels where they stand above a whole list."""
    for one in box.inner:
        if not one.asked(row) or row.get(one.key) is None:
            continue
        found = told(one, row, body)
        text = _in_line(found)
        yield gettext(one.label) if one.kind == "yes" else text if bare else f"{gettext(one.label)} {text}"


def _in_line(found: Any) -> str:
    return " = ".join(filter(None, dict.fromkeys(found.values()))) if isinstance(found, dict) else found


def _written(box: Input, text: str, side: str) -> str:
    return as_written(text, side) if box.kind == "letter" else text


def answers_of(item: Item, body: Body) -> tuple[tuple[str, str], ...]:
    """What the question that a thing names can be answered with."""
    field = field_of(item, body)
    if field.get("type") == "flag":
        return ((YES, gettext("ใช่")), (NO, gettext("ไม่ใช่")))
    return tuple((value, said(words)) for value, words in options_of(field))


def said(words: Any) -> str:
    """Words of a thing (both languages as data), or a sentence of the catalogue."""
    if isinstance(words, Mapping):
        return pick(str(words.get("th", "")), str(words.get("en", "")))
    return gettext(str(words)) if words else ""
