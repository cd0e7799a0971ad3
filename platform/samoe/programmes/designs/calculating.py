"""A calculated question by picking: the kind of calculation, then the questions it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from samoe.i18n import gettext, pick
from samoe.kit.reading import Reading
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.designs.boxes import Box

HOW_WORDS = {
    "sum": "บวกกัน", "difference": "ตัวแรกลบตัวที่สอง", "product": "คูณกัน", "quotient": "ตัวแรกหารด้วยตัวที่สอง",
    "rows": "นับว่ามีกี่รายการ", "total": "รวมข้อย่อยของทุกรายการ", "age": "อายุเต็มปี",
}  # fmt: skip
SEVERAL, TWO = ("sum", "product"), ("difference", "quotient")
SUMMED = ("number", "count", "money", "calculated")
FIXED_DAY = "day"

Pairs = list[tuple[str, str]]


def how_of(calculate: Any) -> str:
    """The kind of a calculation; nothing where there is none yet."""
    found = [key for key in HOW_WORDS if isinstance(calculate, Mapping) and key in calculate]
    return found[0] if found else ""


def nested(calculate: Any) -> bool:
    """Whether it has steps within steps, which are written in a file and not picked."""
    made = calculate.get(how_of(calculate)) if isinstance(calculate, Mapping) else None
    return isinstance(made, list) and any(isinstance(part, Mapping) for part in made)


def boxes(name: str, item: Mapping[str, Any], body: Mapping[str, Any]) -> tuple[Box, ...]:
    """The boxes of a calculation: what kind, and what that kind needs."""
    calculate = item.get("calculate") or {}
    how = how_of(calculate)
    kinds = tuple((key, gettext(words)) for key, words in HOW_WORDS.items())
    found = [_box(f"{name}.how", "choice", "วิธีคำนวณ", how, kinds, optional=False)]
    made = calculate.get(how)
    parts = made if isinstance(made, list) else [made] if made else []
    numbers = tuple(fields(body, SUMMED, item))
    slugs = [part for part in parts if isinstance(part, str)]
    fixed = next((part for part in parts if isinstance(part, int)), "")
    if how in SEVERAL:
        found.append(_box(f"{name}.of", "ticks", "คำถาม", slugs, numbers, optional=False))
        found.append(_box(f"{name}.number", "whole", "และจำนวนนี้", fixed))
    elif how in TWO:
        first, second = [*parts, "", ""][:2]
        found.append(_box(f"{name}.first", "choice", "ตัวแรก", first, numbers, optional=False))
        found.append(_box(f"{name}.second", "choice", "ตัวที่สอง", second, numbers))
        found.append(_box(f"{name}.number", "whole", "หรือจำนวนนี้", fixed))
    elif how == "rows":
        found.append(
            _box(f"{name}.of", "choice", "คำถาม", made, tuple(fields(body, ("repeat",), item)), optional=False)
        )
    elif how == "total":
        found.append(
            _box(
                f"{name}.of",
                "choice",
                "ข้อย่อย",
                f"{made}.{calculate.get('column')}",
                tuple(_parts(body)),
                optional=False,
            )
        )
    elif how == "age":
        dates, on = tuple(fields(body, ("date",), item)), str(calculate.get("on") or "")
        known = on in dict(dates)
        found.append(_box(f"{name}.of", "choice", "วันเกิดอยู่ในคำถาม", made, dates, optional=False))
        found.append(_box(f"{name}.on", "choice", "นับถึงวันในคำถาม", on if known else "", dates))
        found.append(_box(f"{name}.day", "day", "หรือถึงวันที่", None if known else _day(on)))
    return tuple(found)


def read(reading: Reading, name: str, item: Mapping[str, Any], body: Body) -> Item | None:
    """The calculation that was picked; where it has steps within steps, as it was."""
    before = item.get("calculate")
    if nested(before):
        return dict(before) if isinstance(before, Mapping) else None
    how = reading.one_of(f"{name}.how", HOW_WORDS, required="เลือกวิธีคำนวณ")
    if how is None:
        return None
    numbers = [slug for slug, _ in fields(body, SUMMED, item)]
    if how in SEVERAL:
        fixed = reading.whole(f"{name}.number", least=None)
        picked: list[Any] = [*reading.some_of(f"{name}.of", numbers), *([] if fixed is None else [fixed])]
        if len(picked) < 2:
            reading.fault(f"{name}.of", "เลือกอย่างน้อยสองคำถาม หรือหนึ่งคำถามกับหนึ่งจำนวน")
        return {how: picked}
    if how in TWO:
        first = reading.one_of(f"{name}.first", numbers, required="เลือกคำถาม")
        second: Any = reading.one_of(f"{name}.second", numbers)
        fixed = reading.whole(f"{name}.number", least=None)
        if (second is None) == (fixed is None):
            reading.fault(f"{name}.second", "เลือกคำถาม หรือพิมพ์จำนวน อย่างใดอย่างหนึ่ง")
        return {how: [one for one in (first, second if second is not None else fixed) if one is not None]}
    if how == "rows":
        return {how: reading.one_of(f"{name}.of", dict(fields(body, ("repeat",), item)), required="เลือกคำถาม") or ""}
    if how == "total":
        chosen = reading.one_of(f"{name}.of", dict(_parts(body)), required="เลือกข้อย่อย") or "."
        slug, _dot, column = chosen.partition(".")
        return {how: slug, "column": column}
    dates = dict(fields(body, ("date",), item))
    born = reading.one_of(f"{name}.of", dates, required="เลือกคำถาม")
    on, day = reading.one_of(f"{name}.on", dates), reading.day(f"{name}.day")
    if (on is None) == (day is None):
        reading.fault(f"{name}.on", "เลือกคำถาม หรือกรอกวันที่ อย่างใดอย่างหนึ่ง")
    return {how: born or "", "on": on or (day.isoformat() if day else "")}


def said(item: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The calculation in a few words, for telling what is kept."""
    calculate = item.get("calculate") or {}
    how = how_of(calculate)
    if not how:
        return ""
    labels = {**dict(_parts(body)), **dict(fields(body, (), item))}
    made = calculate.get(how)
    parts = made if isinstance(made, list) else [f"{made}.{calculate['column']}" if "column" in calculate else made]
    return f"{gettext(HOW_WORDS[how])}: {', '.join(labels.get(str(part), str(part)) for part in parts)}"


def fields(body: Mapping[str, Any], kinds: tuple[str, ...], beside: Mapping[str, Any]) -> Pairs:
    """The questions of these types (of any, where none is named) but the one at hand, with their labels."""
    return [
        (str(one.get("slug")), _label(one))
        for one in items(body, "fields")
        if (not kinds or one.get("type") in kinds) and one.get("slug") != beside.get("slug")
    ]


def _parts(body: Mapping[str, Any]) -> Pairs:
    return [
        (f"{one.get('slug')}.{part.get('slug')}", f"{_label(one)} · {_label(part)}")
        for one in items(body, "fields") if one.get("type") == "repeat"
        for part in one.get("parts") or () if part.get("type") in SUMMED
    ]  # fmt: skip


def _box(
    name: str, kind: str, label: str, value: Any, options: tuple[tuple[str, str], ...] = (), *, optional: bool = True
) -> Box:
    return Box(name, kind, gettext(label), "", optional, "" if value is None and kind != "day" else value, options)


def _label(one: Mapping[str, Any]) -> str:
    words = one.get("label") or {}
    return pick(str(words.get("th", "")), str(words.get("en", ""))) or str(one.get("slug"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
