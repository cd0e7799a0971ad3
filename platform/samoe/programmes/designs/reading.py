"""What was typed in the builder's boxes, as a thing in module.toml's keys. The parser judges it afterwards; here only
what cannot be typed at all (a number that is none) is a fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import clean
from samoe.programmes.designs.bodies import Body, Item, items, slug_from
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.parts import PARTS
from samoe.targetgroups import contracts

LONGEST = 1000
MOST_ROWS = 60
YES, NO = "yes", "no"


def read_item(sent: Sent, part: Part, body: Body, before: Item | None) -> Item:
    """The thing as typed over what it was; keys that no box asks for stay. A new thing gets its name from its English
    words. Raises ``Problems`` for what cannot be read."""
    reading = Reading(sent)
    adding = before is None
    item: Item = dict(part.new) if before is None else dict(before)
    boxes = part.boxes(item, adding=adding)
    for box in boxes:
        _lay(item, box.key, _read(reading, box, box.key, item, body))
    reading.check()
    _settle(item, before or dict(part.new), part.inputs)
    if adding:
        taken = [str(other.get(part.key)) for other in items(body, part.name)]
        item = {part.key: slug_from(_english(item), taken, part.name.rstrip("s")), **item}
        if part.name == "fields" and not item.get("columns"):
            item["columns"] = [{"name": item["slug"], "headers": [item["label"]["th"]]}]
        if part.name == "benefits" and not item.get("purpose"):
            item["purpose"] = item["slug"]
    return item


def read_about(sent: Sent, boxes: tuple[Input, ...], body: Body) -> Body:
    """The words about the group itself."""
    reading = Reading(sent)
    made = dict(body)
    for box in boxes:
        _lay(made, box.key, _read(reading, box, box.key, made, body))
    reading.check()
    return made


def _settle(item: Item, before: Mapping[str, Any], boxes: tuple[Input, ...]) -> None:
    """Leave out what was asked of the kind of thing that this one was and is not asked of what it has become."""
    asked = {box.key for box in boxes if box.asked(item)}
    for key in {box.key for box in boxes if box.asked(before)} - asked:
        item.pop(key, None)


def _lay(item: Item, key: str, value: Any) -> None:
    if value is None:
        item.pop(key, None)
    else:
        item[key] = value


def _read(reading: Reading, box: Input, name: str, item: Item, body: Body) -> Any:
    kind = box.kind
    if kind == "words":
        words = {side: reading.text(f"{name}.{side}", longest=LONGEST) for side in ("th", "en")}
        return words if any(words.values()) else None
    if kind == "yes":
        return True if reading.flag(name) else None
    if kind == "whole":
        return reading.whole(name, least=None)
    if kind == "baht":
        amount = reading.money(name)
        return None if amount is None else amount // 100 if amount % 100 == 0 else f"{amount // 100}.{amount % 100:02}"
    if kind in ("choice", "one", "contract"):
        return reading.one_of(name, [value for value, _ in offered(box, item, body)])
    if kind in ("ticks", "several"):
        return reading.some_of(name, [value for value, _ in offered(box, item, body)]) or None
    if kind == "rows":
        return _rows(reading, box, name, item, body)
    if kind == "table":
        return _table(reading, box, name, item, body)
    if kind == "headers":
        return _columns(reading, name, item)
    if kind == "answer":
        return _answer(reading, name, item, body)
    if kind == "lines":
        return _lines(reading, name, box) or None
    if kind == "commas":
        return [clean(one) for one in reading.text(name, longest=LONGEST).split(",") if clean(one)] or None
    return reading.text(name, longest=LONGEST) or None


def offered(box: Input, item: Mapping[str, Any], body: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What may be chosen: the words of the box, or the things of another part with their labels as data."""
    if box.kind == "contract":
        return _contracts(item)
    if not box.of:
        return list(box.options)
    key = PARTS[box.of].key
    return [
        (str(other[key]), other.get("label") or {})
        for other in items(body, box.of)
        if other.get(key) and (box.only is None or str(other.get(box.only[0])) in box.only[1])
        and (box.of not in ("figures",) or other is not item)
    ]  # fmt: skip


def _contracts(item: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The indicators that the fund keeps in use, and the one that is chosen, whatever has become of it."""
    known = contracts.known()
    now = str(item.get("contract") or contracts.LOCAL)
    found: list[tuple[str, Any]] = [(contracts.LOCAL, contracts.LOCAL_LABEL)]
    for code, one in known.items():
        if one.active:
            th, en = f"{code} {one.name.th} ({contracts.KIND_WORDS[one.kind]})", f"{code} {one.name.en} ({one.kind})"
            found.append((code, {"th": th, "en": en}))
    return found if now in dict(found) else [*found, (now, {"th": now, "en": now})]


def _table(reading: Reading, box: Input, name: str, item: Item, body: Body) -> Item | None:
    """One small table: the boxes that were asked of it as it stood, then without what no longer goes with it."""
    before: Item = item.get(box.key) or {}
    found = dict(before)
    for one in [one for one in box.inner if one.asked(before)]:
        _lay(found, one.key, _read(reading, one, f"{name}.{one.key}", found, body))
    _settle(found, before, box.inner)
    return found or None


def _lines(reading: Reading, name: str, box: Input) -> list[Any]:
    found = [clean(line) for line in reading.sent.text(name).splitlines()]
    lines = [line for line in found if line]
    if box.key != "months":
        return lines
    numbers = [number for line in lines for number in line.split()]
    if not all(number.isdecimal() and int(number) > 0 for number in numbers):
        reading.fault(name, "พิมพ์เป็นจำนวนเดือน เช่น 1 3 6 12")
        return []
    return sorted({int(number) for number in numbers})


def _rows(reading: Reading, box: Input, name: str, item: Item, body: Body) -> list[Item] | None:
    before = {str(row.get("value")): row for row in item.get(box.key) or ()}
    found: list[Item] = []
    for index in range(MOST_ROWS):
        at = f"{name}.{index}"
        row = dict(before.get(reading.sent.text(f"{at}.value"), {}))
        typed = {one.key: _read(reading, one, f"{at}.{one.key}", row, body) for one in box.inner}
        if all(value is None for value in typed.values()):
            continue
        for key, value in typed.items():
            _lay(row, key, value)
        if not row.get("value"):
            row = {
                "value": slug_from(_english(row), [str(one["value"]) for one in found] + list(before), "item"),
                **row,
            }
        found.append(row)
    return found or None


def _columns(reading: Reading, name: str, item: Item) -> list[Item] | None:
    headers = [clean(line) for line in reading.sent.text(name).splitlines() if clean(line)]
    before: list[Item] = list(item.get("columns") or [])
    if not headers:
        return None
    first = before[0] if before else {"name": item.get("slug", "column")}
    return [{**first, "headers": headers}, *before[1:]]


def _answer(reading: Reading, name: str, item: Item, body: Body) -> Any:
    typed = reading.text(name)
    field = next((one for one in items(body, "fields") if one.get("slug") == item.get("field")), None)
    if field is not None and field.get("type") == "flag":
        return {YES: True, NO: False}.get(typed)
    return typed or None


def _english(item: Mapping[str, Any]) -> str:
    label = item.get("label")
    return str(label.get("en", "")) if isinstance(label, Mapping) else ""
