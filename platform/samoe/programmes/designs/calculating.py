"""A calculated question by picking, step by step: the kind of each step, then what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from samoe.i18n import current_locale, gettext, pick
from samoe.kit import be_format
from samoe.kit.reading import Reading, Sent
from samoe.programmes.designs.bodies import Body, Item, items
from samoe.programmes.designs.boxes import Box
from samoe.programmes.designs.steps import RESULT, Step, calculation_of, steps_of
from samoe.sdk.expressions import SEVERAL, TWO

HOW_WORDS = {
    "sum": "บวกกัน", "difference": "ตัวแรกลบตัวที่สอง", "product": "คูณกัน", "quotient": "ตัวแรกหารด้วยตัวที่สอง",
    "rows": "นับว่ามีกี่รายการ", "total": "รวมข้อย่อยของทุกรายการ", "age": "อายุเต็มปี",
}  # fmt: skip
SIGNS = {"sum": " + ", "difference": " − ", "product": " × ", "quotient": " ÷ "}
SUMMED = ("number", "count", "money", "calculated")
MOST_STEPS, MOST_PARTS = 100, 200
ADD, REMOVE = "add", "remove:"
"""What the buttons of a calculation send under ``NAME.press``; the key of the step follows."""
EITHER = "เลือกคำถาม หรือพิมพ์จำนวน อย่างใดอย่างหนึ่ง"

Pairs = list[tuple[str, str]]


def boxes(name: str, item: Mapping[str, Any], body: Mapping[str, Any], sent: Sent | None = None) -> tuple[Box, ...]:
    """One box a step, with the boxes that its kind needs; as they were ``sent`` where the form comes back."""
    keys = _keys(sent, name) if sent is not None else []
    steps = [_as_sent(Reading(sent), name, key) for key in keys] if sent is not None and keys else []
    steps = steps or steps_of(item.get("calculate")) or [Step("0")]
    added = sent is not None and sent.text(f"{name}.press") == ADD and len(steps) < MOST_STEPS
    if added:
        steps.append(Step(str(max(int(step.key) for step in steps) + 1)))
    results: Pairs = []
    found = []
    for number, step in enumerate(steps, 1):
        # A step that was added goes on with the result before it.
        before = (results[-1][0],) if results and not step.parts and step.how in SIGNS else step.parts
        found.append(_step(name, replace(step, parts=before), number, results, item, body))
        results.append((RESULT + step.key, gettext("ผลของขั้นที่ %(n)s", n=number)))
    return tuple(found)


def _step(name: str, step: Step, number: int, results: Pairs, item: Mapping[str, Any], body: Mapping[str, Any]) -> Box:
    at = f"{name}.{step.key}"
    kinds = tuple((key, gettext(words)) for key, words in HOW_WORDS.items())
    found = [_box(f"{at}.how", "choice", gettext("วิธีคำนวณ"), step.how, kinds, optional=False)]
    first = step.parts[0] if step.parts else ""
    if step.how in SIGNS:
        offered = (*results, *fields(body, SUMMED, item))
        count = 2 if step.how in TWO else max(2, len(step.parts) + 1)
        for place, part in enumerate([*step.parts, *[""] * count][:count]):
            known = isinstance(part, int)
            inner = (
                _box(f"{at}.{place}", "choice", _nth(place), "" if known else part, offered),
                _box(f"{at}.{place}.number", "whole", gettext("หรือจำนวนนี้"), part if known else ""),
            )
            found.append(Box(f"{at}.{place}", "operand", "", "", optional=True, inner=inner))
    elif step.how == "rows":
        found.append(_one(f"{at}.of", "คำถาม", first, fields(body, ("repeat",), item)))
    elif step.how == "total":
        found.append(_one(f"{at}.of", "ข้อย่อย", f"{first}.{step.column}" if first else "", _parts(body)))
    elif step.how == "age":
        dates = fields(body, ("date",), item)
        known = step.on in dict(dates)
        found.append(_one(f"{at}.of", "วันเกิดอยู่ในคำถาม", first, dates))
        found.append(_box(f"{at}.on", "choice", gettext("นับถึงวันในคำถาม"), step.on if known else "", tuple(dates)))
        found.append(_box(f"{at}.day", "day", gettext("หรือถึงวันที่"), None if known else _day(step.on or "")))
    return Box(at, "step", gettext("ขั้นที่ %(n)s", n=number), "", optional=False, value=step.key, inner=tuple(found))


def read(reading: Reading, name: str, item: Mapping[str, Any], body: Body) -> Item | None:
    """The calculation that was picked; None where it is not whole, with what is missing noted at its box."""
    keys, before = _keys(reading.sent, name) or ["0"], len(reading.problems)
    steps: list[Step] = []
    for key in keys:
        steps.append(_read_step(reading, f"{name}.{key}", key, steps, item, body))
    used = {one for step in steps for one in step.uses()}
    for number, step in enumerate(steps[:-1], 1):
        if step.how and step.key not in used:
            reading.fault(
                f"{name}.{step.key}.how",
                "ยังไม่มีขั้นใดใช้ผลของขั้นนี้ เลือก “ผลของขั้นที่ %(n)s” ในขั้นหลัง หรือเอาขั้นนี้ออก", n=number,
            )  # fmt: skip
    return calculation_of(steps) if len(reading.problems) == before else None


def _read_step(reading: Reading, at: str, key: str, earlier: list[Step], item: Mapping[str, Any], body: Body) -> Step:
    how = reading.one_of(f"{at}.how", HOW_WORDS, required="เลือกวิธีคำนวณ") or ""
    if how in SIGNS:
        known = [*(RESULT + one.key for one in earlier), *dict(fields(body, SUMMED, item))]
        return Step(key, how, tuple(_operands(reading, at, how, known)))
    if how == "rows":
        return Step(key, how, (_needed(reading, at, fields(body, ("repeat",), item), "เลือกคำถาม"),))
    if how == "total":
        slug, _dot, column = _needed(reading, at, _parts(body), "เลือกข้อย่อย").partition(".")
        return Step(key, how, (slug,), column=column)
    if how == "age":
        dates = fields(body, ("date",), item)
        born = _needed(reading, at, dates, "เลือกคำถาม")
        on, day = reading.one_of(f"{at}.on", dict(dates)), reading.day(f"{at}.day")
        if (on is None) == (day is None) and not reading.faulty(f"{at}.day"):
            reading.fault(f"{at}.on", "เลือกคำถาม หรือกรอกวันที่ อย่างใดอย่างหนึ่ง")
        return Step(key, how, (born,), on=on or (day.isoformat() if day else None))
    return Step(key)


def _needed(reading: Reading, at: str, offered: Pairs, required: str) -> str:
    return reading.one_of(f"{at}.of", dict(offered), required=required) or ""


def _operands(reading: Reading, at: str, how: str, known: list[str]) -> list[str | int]:
    found: list[str | int] = []
    places = range(2) if how in TWO else range(MOST_PARTS)
    for place in places:
        named = f"{at}.{place}"
        chosen, fixed = reading.one_of(named, known), reading.whole(f"{named}.number", least=None)
        wrong = reading.faulty(named) or reading.faulty(f"{named}.number")
        if (chosen is not None and fixed is not None) or (
            how in TWO and chosen is None and fixed is None and not wrong
        ):
            reading.fault(named, EITHER)
        elif chosen is not None or fixed is not None:
            found.append(chosen if chosen is not None else fixed or 0)
        elif wrong:
            found.append("")
    if how in SEVERAL and len(found) < 2:
        reading.fault(f"{at}.{len(found)}", "เลือกอย่างน้อยสองคำถาม หรือหนึ่งคำถามกับหนึ่งจำนวน")
    return found


def _keys(sent: Sent | None, name: str) -> list[str]:
    """The steps that the form holds, without the one whose button to take it out was pressed."""
    if sent is None:
        return []
    keys = [key for key in sent.all(f"{name}.step") if key.isascii() and key.isdecimal() and len(key) < 4]
    gone = sent.text(f"{name}.press").removeprefix(REMOVE)
    return [key for key in dict.fromkeys(keys) if key != gone][:MOST_STEPS]


def _as_sent(reading: Reading, name: str, key: str) -> Step:
    """What a step needs to be drawn again; what stands in its boxes is drawn from the form."""
    at = f"{name}.{key}"
    typed = [place for place in range(MOST_PARTS) if _typed(reading.sent, f"{at}.{place}")]
    how = reading.sent.text(f"{at}.how")
    return Step(key, how if how in HOW_WORDS else "", ("",) * (max(typed, default=-1) + 1))


def _typed(sent: Sent, named: str) -> bool:
    return bool(sent.text(named) or sent.text(f"{named}.number"))


def said(item: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """The calculation in one line; empty where there is none."""
    calculate = item.get("calculate")
    return _said(calculate, {**dict(_parts(body)), **dict(fields(body, (), {}))}) if calculate else ""


def _said(part: Any, labels: Mapping[str, str]) -> str:
    if not isinstance(part, Mapping):
        return labels.get(str(part), str(part))
    how = next((op for op in HOW_WORDS if op in part), "")
    made = part.get(how)
    if isinstance(made, list):
        inner = [f"({_said(one, labels)})" if _joined(one) else _said(one, labels) for one in made]
        return SIGNS[how].join(inner)
    what = f"{made}.{part['column']}" if how == "total" and "column" in part else str(made)
    words = {"what": labels.get(what, what), "day": _on(str(part.get("on") or ""), labels)}
    if how == "age":
        return gettext("อายุเต็มปี จาก “%(what)s” ถึง %(day)s", **words)
    return f"{gettext(HOW_WORDS[how])}: {words['what']}" if how else ""


def _joined(part: Any) -> bool:
    return isinstance(part, Mapping) and any(op in part for op in SIGNS)


def _on(on: str, labels: Mapping[str, str]) -> str:
    day = _day(on)
    return be_format.short(day, current_locale()) if day else f"“{labels.get(on, on)}”"


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


def _one(name: str, label: str, value: Any, options: Pairs) -> Box:
    return _box(name, "choice", gettext(label), value, tuple(options), optional=False)


def _box(
    name: str, kind: str, label: str, value: Any, options: tuple[tuple[str, str], ...] = (), *, optional: bool = True
) -> Box:
    return Box(name, kind, label, "", optional, "" if value is None and kind != "day" else value, options)


def _nth(place: int) -> str:
    return gettext("ตัวที่ %(n)s", n=place + 1)


def _label(one: Mapping[str, Any]) -> str:
    words = one.get("label") or {}
    return pick(str(words.get("th", "")), str(words.get("en", ""))) or str(one.get("slug"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
