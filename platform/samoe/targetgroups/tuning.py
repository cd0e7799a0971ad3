"""The settings that a province tunes in a group: read from text, held against what the manifest allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from samoe.i18n import pick
from samoe.kit import be_date, satang
from samoe.kit.numbers import parse_int
from samoe.kit.problem import Problem, Problems
from samoe.sdk import Manifest, Setting
from samoe.sdk.criteria import FromSetting, leaves

WHOLE = ("number", "count", "percent")


def read_value(setting: Setting, typed: str) -> Any:
    """The value that a person typed for a setting; ``Problem`` names the setting's slug as its field."""
    try:
        if setting.type == "money":
            value: Any = satang.parse(typed)
        elif setting.type in WHOLE:
            value = parse_int(typed)
        elif setting.type == "flag":
            value = _flag(typed)
        elif setting.type == "date":
            value = _day(typed).isoformat()
        else:
            value = typed.strip()
    except Problem as fault:
        fault.field = setting.slug
        raise
    return value


def checked(manifest: Manifest, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they may be stored; ``Problems`` for each that the manifest does not allow."""
    known = {setting.slug: setting for setting in manifest.settings}
    problems = [
        Problem("ไม่มีค่าชื่อ %(slug)s ในกลุ่มเป้าหมายนี้", field=slug, slug=slug) for slug in sorted(set(values) - set(known))
    ]
    for slug, value in values.items():
        if slug in known and (problem := _fault(known[slug], value)):
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return dict(values)


def criteria_settings(manifest: Manifest) -> frozenset[str]:
    """The settings that the shipped criteria speak of: a change of one is a change of the criteria."""
    if manifest.criteria is None:
        return frozenset()
    return frozenset(leaf.value.slug for leaf in leaves(manifest.criteria.tree) if isinstance(leaf.value, FromSetting))


def _fault(setting: Setting, value: Any) -> Problem | None:
    label = pick(setting.label.th, setting.label.en)
    if not _fits(setting, value):
        return Problem("%(label)s: ค่านี้ใช้ไม่ได้", field=setting.slug, label=label)
    if setting.type == "money" or setting.type in WHOLE:
        shown = satang.baht_short if setting.type == "money" else "{:,}".format
        if setting.min is not None and value < setting.min:
            return Problem("%(label)s ต้องไม่น้อยกว่า %(limit)s", field=setting.slug, label=label, limit=shown(setting.min))
        if setting.max is not None and value > setting.max:
            return Problem("%(label)s ต้องไม่เกิน %(limit)s", field=setting.slug, label=label, limit=shown(setting.max))
    return None


def _fits(setting: Setting, value: Any) -> bool:
    if setting.type == "flag":
        return isinstance(value, bool)
    if setting.type == "date":
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    if setting.type == "text":
        return isinstance(value, str) and bool(value.strip())
    return isinstance(value, int) and not isinstance(value, bool)


def _flag(typed: str) -> bool:
    word = typed.strip().lower()
    if word in ("1", "true", "yes", "on", "ใช่"):
        return True
    if word in ("", "0", "false", "no", "off", "ไม่ใช่"):
        return False
    raise Problem("“%(typed)s” ต้องเป็น ใช่ หรือ ไม่ใช่", typed=typed)


def _day(typed: str) -> date:
    found = be_date.read(typed)
    if found.day is None or found.short_year:
        raise Problem("“%(typed)s” ไม่ใช่วันที่ พิมพ์ เช่น 15 ม.ค. 2564", typed=typed)
    return found.day
