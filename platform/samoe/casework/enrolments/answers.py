"""Answers as they may be stored: typed JSON values by field, checked on the way in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from samoe.i18n import pick
from samoe.kit import ids, national_id, phones
from samoe.kit.problem import Problem, Problems
from samoe.sdk import Field, Manifest, bounds
from samoe.sdk.expressions import day_of
from samoe.sdk.fields import ATTACHED
from samoe.targetgroups.pickable import is_area

WHOLE = ("money", "count", "number", "percent")


def checked(manifest: Manifest, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without empty ones. ``Problems`` name every field whose value is not of its type or out of bounds."""
    given = {slug: value for slug, value in answers.items() if value is not None and value != ""}
    problems = list(_faults(manifest, given))
    if problems:
        raise Problems(problems)
    return given


def _faults(manifest: Manifest, given: Mapping[str, Any]) -> Iterator[Problem]:
    known = {field.slug: field for field in manifest.fields}
    for slug, value in given.items():
        field = known.get(slug)
        if field is None:
            yield Problem("ไม่มีคำถามชื่อ %(slug)s ในกลุ่มเป้าหมายนี้", field=slug, slug=slug)
            continue
        label = pick(field.label.th, field.label.en)
        least, most = field.limits
        if not fits(field, value):
            yield Problem("%(label)s: ค่านี้ใช้ไม่ได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)
        elif field.kind in WHOLE and least is not None and value < least:
            yield Problem("%(label)s น้อยกว่าที่เป็นไปได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)
        elif field.kind in WHOLE and most is not None and value > most:
            yield Problem("%(label)s มากกว่าที่เป็นไปได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)


def fits(field: Field, value: Any) -> bool:
    """Whether a value is of the field's type: one bad cast would fail the count of a whole province."""
    return _FITS.get(field.kind, _text)(field, value)


def _text(_: Field, value: Any) -> bool:
    return isinstance(value, str)


def _whole(_: Field, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(_: Field, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _date(field: Field, value: Any) -> bool:
    """An ISO date; where the field says so, one of which the day, or the month too, is not known."""
    span = bounds(value)
    return span is not None and (field.partial or len(value) == 10) and day_of(span[0]) is not None


def _choices(field: Field, value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(field.option(one) is not None for one in value)


def _national_id(_: Field, value: Any) -> bool:
    found = national_id.read(value)
    return found.value == value and found.doubt is None


def _id(_: Field, value: Any) -> bool:
    return isinstance(value, str) and ids.read(value) is not None


def _gps(_: Field, value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"lat", "lon"} and all(_number(_, part) for part in value.values())


def _rows(field: Field, value: Any) -> bool:
    parts = {part.slug: part for part in field.parts}
    return isinstance(value, list) and all(
        isinstance(row, dict) and all(slug in parts and fits(parts[slug], one) for slug, one in row.items())
        for row in value
    )


_FITS: Mapping[str, Callable[[Field, Any], bool]] = {
    "money": _whole, "count": _whole, "number": _number, "percent": _number, "date": _date, "choices": _choices,
    "flag": lambda _, value: isinstance(value, bool),
    "choice": lambda field, value: field.option(value) is not None,
    "scale": lambda _, value: isinstance(value, dict),
    "phone": lambda _, value: isinstance(value, str) and phones.read(value).numbers == (value,),
    "national_id": _national_id,
    "area": lambda field, value: isinstance(value, str) and is_area(value, field.level),
    "gps": _gps, "repeat": _rows,
    **dict.fromkeys(("institution", *ATTACHED), _id),
}  # fmt: skip
