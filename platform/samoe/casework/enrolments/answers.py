"""Answers as they may be stored: typed JSON values by field, checked on the way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from samoe.i18n import pick
from samoe.kit.problem import Problem, Problems
from samoe.sdk import Field, Manifest

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
        if not fits(field, value):
            yield Problem("%(label)s: ค่านี้ใช้ไม่ได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)
        elif field.type in WHOLE and field.min is not None and value < field.min:
            yield Problem("%(label)s น้อยกว่าที่เป็นไปได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)
        elif field.type in WHOLE and field.max is not None and value > field.max:
            yield Problem("%(label)s มากกว่าที่เป็นไปได้ ตรวจแล้วพิมพ์ใหม่", field=slug, label=label)


def fits(field: Field, value: Any) -> bool:
    """Whether a value is of the field's type: one bad cast would fail the count of a whole province."""
    if field.type in ("money", "count"):
        return isinstance(value, int) and not isinstance(value, bool)
    if field.type in ("number", "percent"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    if field.type == "flag":
        return isinstance(value, bool)
    if field.type == "choice":
        return field.option(value) is not None
    if field.type == "scale":
        return isinstance(value, dict)
    if field.type == "date":
        return isinstance(value, str) and _iso(value)
    return isinstance(value, str)


def _iso(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
