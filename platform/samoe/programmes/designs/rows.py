"""A list of small tables as typed: options of a question, results of a visit, questions of each row of a group."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from samoe.kit.reading import Reading
from samoe.kit.thai import clean
from samoe.programmes.designs.bodies import Item, slug_from
from samoe.programmes.designs.inputs import Input

MOST_ROWS = 60
SAME_LABEL = "มีแถวที่ใช้คำนี้แล้ว ใช้คำอื่น หรือรวมเป็นแถวเดียว"

ALONE = ("retired", "type", "required", "stage")
"""What is chosen in a row says nothing without words."""

ReadCell = Callable[[Input, str, Item], Any]


def read_rows(
    reading: Reading, box: Input, item: Item, kept: Collection[str], read: ReadCell, *, blanks: bool
) -> list[Item]:
    """The rows as typed, each over the one of its name before. One of ``kept`` that was emptied stays and is retired;
    with ``blanks``, empty ones stay in their places."""
    key = box.names
    before = {str(row.get(key)): row for row in item.get(box.key) or ()}
    found: list[Item] = []
    for index in range(MOST_ROWS):
        at = f"{box.key}.{index}"
        named = reading.sent.text(f"{at}.value")
        row = dict(before.get(named, {}))
        typed = {one.key: read(one, f"{at}.{one.key}", row) for one in box.inner}
        if not any(value is not None for one, value in typed.items() if one not in ALONE):
            if named in kept and named in before:
                found.append({**before[named], "retired": True})
            elif blanks and reading.sent.all(f"{at}.value"):
                found.append({key: named} if named else {})
            continue
        for one, value in typed.items():
            if value is None:
                row.pop(one, None)
            else:
                row[one] = value
        _refuse_same(reading, at, row, found)
        if not row.get(key):
            taken = [*(str(one.get(key)) for one in found), *before, *kept]
            row = {key: slug_from(_english(row), taken, "item"), **row}
        found.append(row)
    there = {str(row.get(key)) for row in found}
    return [*found, *({**before[name], "retired": True} for name in before if name in kept and name not in there)]


def read_pairs(reading: Reading, name: str, before: Iterable[Mapping[str, Any]]) -> list[Item] | None:
    """Options typed one a line, Thai = English. One whose English words stay the same keeps its value."""
    values = {str((one.get("label") or {}).get("en")): str(one.get("value")) for one in before}
    found: list[Item] = []
    for line in reading.sent.text(name).splitlines():
        if not clean(line):
            continue
        thai, _sep, english = (clean(part) for part in line.partition("="))
        if not thai or not english:
            reading.fault(name, "พิมพ์บรรทัดละหนึ่งข้อ ไทย = อังกฤษ เช่น ชาย = Male")
        taken = [str(one["value"]) for one in found]
        value = values.get(english) or slug_from(english, [*taken, *values.values()], "item")
        found.append({"value": value, "label": {"th": thai, "en": english}})
    return found or None


def pairs_text(options: Iterable[Mapping[str, Any]]) -> str:
    """The options as they are typed."""
    labels = ((one.get("label") or {}) for one in options)
    return "\n".join(f"{one.get('th', '')} = {one.get('en', '')}" for one in labels)


def _refuse_same(reading: Reading, at: str, row: Item, others: list[Item]) -> None:
    words = row.get("label") or {}
    for side in ("th", "en"):
        said = str(words.get(side, "")).casefold()
        if said and any(str((one.get("label") or {}).get(side, "")).casefold() == said for one in others):
            reading.fault(f"{at}.label.{side}", SAME_LABEL)


def _english(row: Mapping[str, Any]) -> str:
    label = row.get("label")
    return str(label.get("en", "")) if isinstance(label, Mapping) else ""
