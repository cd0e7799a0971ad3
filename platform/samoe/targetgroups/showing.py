"""An answer as people read it: in words, with its unit, in the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from samoe.i18n import current_locale, gettext, pick
from samoe.kit import be_format, national_id, phones, satang
from samoe.sdk import Field, Scale, bounds
from samoe.tenancy import areas

Names = Mapping[str, str]
NO_NAMES: Names = {}
PRECISION = {4: "year", 7: "month", 10: "day"}


def show(field: Field, value: Any, names: Names = NO_NAMES) -> str:
    """A value of a field. ``names`` are those of institutions by id; one that is not there is said to be unknown.

    What does not have the shape of the field's type, as an answer to an older form may, is shown as it is stored.
    """
    try:
        return _BY_KIND.get(field.kind, _quoted)(field, value, names)
    except (TypeError, ValueError, KeyError, AttributeError):
        return str(value)


def row_of(field: Field, row: Mapping[str, Any], names: Names = NO_NAMES) -> str:
    """One row of a repeated group: what is answered in it."""
    return ", ".join(
        f"{pick(part.label.th, part.label.en)} {show(part, row[part.slug], names)}"
        for part in field.parts
        if part.slug in row
    )


def area_name(code: str) -> str:
    """A subdistrict with its district, a district, or a province."""
    locale = current_locale()
    if len(code) <= 4:
        return areas.name_of(code, locale)
    where = {"sub": areas.name_of(code, locale), "district": areas.name_of(code[:4], locale)}
    return gettext("ต.%(sub)s อ.%(district)s", **where)


def partial_date(value: str) -> str:
    """A date as far as it is known: 12 ก.ค. 2564, ก.ค. 2564 or 2564."""
    span = bounds(value)
    if span is None:
        return value
    return be_format.short(date.fromisoformat(span[0]), current_locale(), PRECISION[len(value)])


def level_words(scale: Scale, result: Mapping[str, Any]) -> str:
    """The level of a result as people read it; empty where it has none."""
    level = scale.level(str(result.get("level", "")))
    if level is None:
        return ""
    return (
        pick(level.label.th, level.label.en)
        if len(level.code) > 2
        else f"{level.code} {pick(level.label.th, level.label.en)}"
    )


def result_words(scale: Scale, result: Any) -> str:
    """A result in one line: its level, and how many items fail."""
    known = result if isinstance(result, Mapping) else {}
    fails = gettext("ไม่ผ่าน %(n)s ข้อ", n=known["lowest"]) if "lowest" in known else ""
    return " · ".join(part for part in (level_words(scale, known), fails) if part) or gettext("ยังไม่ประเมิน")


def _money(_: Field, value: Any, __: Names) -> str:
    return pick(f"{satang.baht_short(value)} บาท", f"{satang.baht_short(value)} baht")


def _percent(_: Field, value: Any, __: Names) -> str:
    return pick(f"ร้อยละ {value}", f"{value}%")


def _number(field: Field, value: Any, _: Names) -> str:
    """With thousands apart, but for what always has four digits and is no amount of anything: a year."""
    unit = pick(field.unit.th, field.unit.en) if field.unit else ""
    year = not unit and (field.min or 0) >= 1000 and (field.max or 10_000) < 10_000
    return str(value) if year else f"{value:,} {unit}".strip()


def _flag(_: Field, value: Any, __: Names) -> str:
    return gettext("ใช่") if value else gettext("ไม่ใช่")


def _option(field: Field, value: Any, _: Names) -> str:
    option = field.option(value)
    return pick(option.label.th, option.label.en) if option else str(value)


def _options(field: Field, value: Any, names: Names) -> str:
    given = [value] if isinstance(value, str) else value
    return ", ".join(_option(field, one, names) for one in given)


def _rows(field: Field, value: Any, names: Names) -> str:
    return " / ".join(row_of(field, row, names) for row in value)


def _quoted(_: Field, value: Any, __: Names) -> str:
    return f"“{value}”"


_BY_KIND: Mapping[str, Callable[[Field, Any, Names], str]] = {
    "money": _money, "percent": _percent, "count": _number, "number": _number, "flag": _flag, "choice": _option,
    "choices": _options, "repeat": _rows,
    "date": lambda _, value, __: partial_date(value),
    "phone": lambda _, value, __: phones.shown(value),
    "national_id": lambda _, value, __: national_id.masked(value),
    "area": lambda _, value, __: area_name(value),
    "gps": lambda _, value, __: f"{value['lat']:.5f}, {value['lon']:.5f}",
    "photo": lambda *_: gettext("มีภาพแล้ว"),
    "file": lambda *_: gettext("มีไฟล์แล้ว"),
    "institution": lambda _, value, names: names.get(value) or gettext("หน่วยงานที่ไม่อยู่ในทะเบียน"),
}  # fmt: skip
