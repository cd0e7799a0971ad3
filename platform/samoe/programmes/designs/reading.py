"""What was typed in the builder's boxes, as a thing in module.toml's keys. The parser judges it afterwards; here only
what cannot be typed at all (a number that is none) is a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from samoe.kit.reading import Reading, Sent
from samoe.kit.thai import clean
from samoe.programmes.designs import calculating
from samoe.programmes.designs.bodies import Body, Item, items, slug_from
from samoe.programmes.designs.inputs import Input, Part
from samoe.programmes.designs.parts import PARTS
from samoe.programmes.designs.questions import FIELD_TYPE_WORDS, IN_FILES, SCALE_WORD
from samoe.programmes.designs.rows import read_pairs, read_rows
from samoe.sdk.benefits import PLACE
from samoe.sdk.options import codelists
from samoe.targetgroups import contracts
from samoe.targetgroups.letters import as_kept

LONGEST, LONGEST_LETTER = 1000, 8000
YES, NO = "yes", "no"


def read_item(sent: Sent, part: Part, body: Body, before: Item | None, kept: Collection[str] = ()) -> Item:
    """The thing as typed over what it was; keys that no box asks for stay. A new thing gets its name from its English
    words. ``kept`` are options that stay, retired at least, and for a new thing names that are taken. Raises
    ``Problems`` for what cannot be read."""
    reading = Reading(sent)
    adding = before is None
    item = _typed(reading, part, body, before, () if adding else kept)
    reading.check()
    if adding:
        taken = [*kept, *(str(other.get(part.key)) for other in items(body, part.name))]
        item = {part.key: slug_from(_english(item), taken, part.name.rstrip("s")), **item}
        if part.name == "fields" and not item.get("columns") and item.get("type") in IN_FILES:
            item["columns"] = [{"name": item["slug"], "headers": [item["label"]["th"]]}]
        if part.name == "benefits" and not item.get("purpose"):
            item["purpose"] = item["slug"]
    return item


def typed_item(sent: Sent, part: Part, body: Body, before: Item) -> Item:
    """As far as what was typed can be read, with empty rows in their places: for showing the boxes again."""
    return _typed(Reading(sent), part, body, before, (), blanks=True)


def with_rows_of(item: Item, part: Part, stored: Item) -> Item:
    """The thing with the rows that somebody else has added meanwhile behind its own."""
    found = dict(item)
    for box in part.boxes(item):
        if box.kind == "rows":
            mine = list(item.get(box.key) or ())
            names = {row.get(box.names) for row in mine}
            found[box.key] = [*mine, *(row for row in stored.get(box.key) or () if row.get(box.names) not in names)]
    return found


def typed_about(sent: Sent, boxes: tuple[Input, ...], body: Body) -> Body:
    """The same as far as it can be read: for showing the boxes again."""
    return _about(Reading(sent), boxes, body)


def _about(reading: Reading, boxes: tuple[Input, ...], body: Body) -> Body:
    made = dict(body)
    for box in boxes:
        _lay(made, box.key, _read(reading, box, box.key, made, body))
    return made


def read_about(sent: Sent, boxes: tuple[Input, ...], body: Body) -> Body:
    """The words about the group itself."""
    reading = Reading(sent)
    made = _about(reading, boxes, body)
    reading.check()
    return made


def _settle(item: Item, before: Mapping[str, Any], boxes: tuple[Input, ...]) -> None:
    """Leave out what was asked of the kind of thing that this one was and is not asked of what it has become."""
    asked = {box.key for box in boxes if box.asked(item)}
    for key in {box.key for box in boxes if box.asked(before)} - asked:
        item.pop(key, None)


def _typed(
    reading: Reading, part: Part, body: Body, before: Item | None, kept: Collection[str], *, blanks: bool = False
) -> Item:
    item: Item = dict(part.new) if before is None else dict(before)
    adding = before is None
    deciding = [box for box in part.boxes(item, adding=adding) if box.key in part.deciding]
    for box in deciding:
        _lay(item, box.key, _read(reading, box, box.key, item, body))
    now = part.boxes(item, adding=adding)
    for box in now:
        if box.key in part.deciding and box in deciding:
            continue
        if box.kind == "rows":
            _lay(item, box.key, _rows(reading, box, item, body, kept, blanks=blanks))
        else:
            _lay(item, box.key, _read(reading, box, box.key, item, body))
    _settle(item, before or dict(part.new), part.inputs)
    if part.name == "fields" and item.get("type") == "area" and not item.get("level"):
        item["level"] = "subdistrict"
    return item


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
    if kind == "letter":
        return _letter(reading, name, item.get(box.key) or {})
    if kind == "yes":
        return True if reading.flag(name) else None
    if kind == "whole":
        return reading.whole(name, least=None)
    if kind == "day":
        day = reading.day(name)
        return day.isoformat() if day else None
    if kind == "baht":
        amount = reading.money(name)
        return None if amount is None else amount // 100 if amount % 100 == 0 else f"{amount // 100}.{amount % 100:02}"
    if kind in ("choice", "one", "contract"):
        return reading.one_of(name, [value for value, _ in offered(box, item, body)])
    if kind in ("ticks", "several", "answers"):
        return reading.some_of(name, [value for value, _ in offered(box, item, body)]) or None
    if kind == "how":
        return calculating.read(reading, name, item, body)
    if kind == "pairs":
        return read_pairs(reading, name, item.get(box.key) or ())
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
    if box.kind == "answers":
        return list(options_of(field_of(item, body)))
    if not box.of:
        more = [SCALE_WORD] if box.options is FIELD_TYPE_WORDS and items(body, "scales") else []
        return [*box.options, *more]
    key = PARTS[box.of].key if box.of in PARTS else "slug"
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


def field_of(item: Mapping[str, Any], body: Mapping[str, Any]) -> Item:
    """The question that a thing names under ``field``; an empty one where there is none."""
    return next((one for one in items(body, "fields") if one.get("slug") == item.get("field")), {})


def options_of(field: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The options of a question with their labels as data, its own or those of a shared list."""
    shared = codelists().get(str(field.get("codelist")))
    if shared is not None:
        yield from ((one.value, {"th": one.label.th, "en": one.label.en}) for one in shared.options)
    yield from ((str(one.get("value")), one.get("label") or {}) for one in field.get("options") or ())


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


def _rows(
    reading: Reading, box: Input, item: Item, body: Body, kept: Collection[str], *, blanks: bool
) -> list[Item] | None:
    return (
        read_rows(reading, box, item, kept, lambda one, name, row: _read(reading, one, name, row, body), blanks=blanks)
        or None
    )


def _columns(reading: Reading, name: str, item: Item) -> list[Item] | None:
    headers = [clean(line) for line in reading.sent.text(name).splitlines() if clean(line)]
    before: list[Item] = list(item.get("columns") or [])
    if not headers:
        return None
    first = before[0] if before else {"name": item.get("slug", "column")}
    return [{**first, "headers": headers}, *before[1:]]


def _letter(reading: Reading, name: str, before: Mapping[str, Any]) -> Item | None:
    """A letter's text in both languages, a paragraph a line. One that says what it said stays to the letter."""
    kept = {}
    for side in ("th", "en"):
        typed = f"{name}.{side}"
        kept[side], lost = as_kept(reading.sent.text(typed), side)
        if lost:
            reading.fault(typed, "ไม่มีช่อง {%(name)s} เลือกจากรายการใต้กล่อง", name=lost[0])
        elif any(brace in PLACE.sub("", kept[side]) for brace in "{}"):
            reading.fault(typed, "วงเล็บปีกกาไม่ครบคู่ ลบแล้วเลือกช่องจากรายการใต้กล่อง")
        elif len(kept[side]) > LONGEST_LETTER:
            reading.fault(typed, "ยาว %(length)s ตัวอักษร ต้องไม่เกิน %(longest)s",
                          length=len(kept[side]), longest=LONGEST_LETTER)  # fmt: skip
        if kept[side] == as_kept(str(before.get(side, "")), side)[0]:
            kept[side] = str(before.get(side, ""))
    return kept if any(kept.values()) else None


def _answer(reading: Reading, name: str, item: Item, body: Body) -> Any:
    typed = reading.text(name)
    if field_of(item, body).get("type") == "flag":
        return {YES: True, NO: False}.get(typed)
    return typed or None


def _english(item: Mapping[str, Any]) -> str:
    label = item.get("label")
    return str(label.get("en", "")) if isinstance(label, Mapping) else ""
