"""What can be picked: the measures that a group's fields offer, the operators that go with each, and first values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samoe.i18n import current_locale, gettext, pick
from samoe.sdk import Age, Compare, Field, FromSetting, Manifest, Node
from samoe.sdk.criteria import MOMENTS, Value, leaves
from samoe.targetgroups.showing import area_name
from samoe.tenancy import areas, current

NUMBERS = ("money", "number", "percent", "count")
OPERATORS = {
    "=": "เท่ากับ", "!=": "ไม่เท่ากับ", "<": "น้อยกว่า", "<=": "ไม่เกิน", ">": "มากกว่า", ">=": "ตั้งแต่",
    "in": "เป็นข้อใดข้อหนึ่งใน", "includes": "มีอย่างน้อยหนึ่งข้อใน", "contains": "มีคำว่า", "is_true": "ใช่", "is_false": "ไม่ใช่",
}  # fmt: skip
PLACED = {"in": "อยู่ใน"}
TICKED = ("in", "includes")
"""The operators for which several of the options are ticked."""
WORDED = {"=": "เป็น", "!=": "ไม่ใช่"}
DATED = {"<": "ก่อน", "<=": "ไม่หลัง", ">": "หลัง", ">=": "ไม่ก่อน", "=": "ตรงกับ", "!=": "ไม่ตรงกับ"}
ORDER = ("<=", "<", ">=", ">", "=", "!=")
OFFERED = {
    **dict.fromkeys((*NUMBERS, "age", "date"), ORDER),
    "choice": ("=", "!=", "in"), "choices": ("includes",), "area": ("in",), "flag": ("is_true", "is_false"),
    "text": ("=", "!=", "contains"),
}  # fmt: skip
SHIFTS = {
    "": "ตรงวัน", "months-": "เดือนก่อน", "months+": "เดือนหลัง", "days-": "วันก่อน", "days+": "วันหลัง",
}  # fmt: skip
DAYS = {"": "วันที่", "phase_start": "วันเริ่มระยะ", "phase_end": "วันสิ้นสุดระยะ", "today": "วันนี้"}
EVERY = {"month": "ต่อเดือน", "year": "ต่อปี"}
AGES = {"phase_start": "อายุเต็มปี ณ วันเริ่มระยะ", "phase_end": "อายุเต็มปี ณ วันสิ้นสุดระยะ", "today": "อายุเต็มปี ณ วันนี้"}


@dataclass(frozen=True, slots=True)
class Measure:
    """Something a clause can compare. ``key`` is what the form sends: ``field~per~every``, or ``@moment``."""

    key: str
    type: str
    label: str
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    field: Field | None = None
    per: str | None = None
    every: str | None = None
    at: str | None = None

    def operators(self, also: str = "") -> list[tuple[str, str]]:
        """Pairs of operator and word; ``also`` is one in use that is not normally offered."""
        offered = OFFERED[self.type]
        kept = offered if not also or also in offered else (*offered, also)
        words = {"date": DATED, "choice": WORDED, "text": WORDED, "area": PLACED}.get(self.type, {})
        return [(op, gettext(words.get(op, OPERATORS[op]))) for op in kept]

    def first_operator(self) -> str:
        return OFFERED[self.type][0]

    def first_value(self) -> Value:
        """A value to begin with, so that a clause is whole from the start."""
        if self.type == "choice":
            return self.options[0][0]
        if self.options:
            return (self.options[0][0],)
        if self.type == "text":
            return "–"
        if self.type == "date":
            return "2021-01-01"
        return None if self.type == "flag" else (self.field.min or 0 if self.field else 0)

    def clause(self, op: str, value: Value) -> Compare | Age:
        """The comparison of this measure."""
        if self.field is None:
            return Age(self.at or "today", op, value)
        kept = None if op in ("is_true", "is_false") else value
        return Compare(self.field.slug, op, kept, self.per, self.every)

    def first_clause(self) -> Compare | Age:
        return self.clause(self.first_operator(), self.first_value())


def measures(manifest: Manifest, tree: Node | None = None) -> dict[str, Measure]:
    """Everything that can be picked in a group, by key; with it whatever ``tree`` already speaks of."""
    spoken = [*(leaves(manifest.criteria.tree) if manifest.criteria else ()), *(leaves(tree) if tree else ())]
    found: dict[str, Measure] = {}
    for field in manifest.measured:
        if field.kind not in OFFERED:
            continue
        for per, every in _ways(field, spoken):
            measure = _of_field(field, per, every, _options(field, spoken))
            found[measure.key] = measure
    if manifest.subject == "person":
        for at in (*MOMENTS, *(leaf.at for leaf in spoken if isinstance(leaf, Age) and leaf.at not in MOMENTS)):
            found[f"@{at}"] = Measure(f"@{at}", "age", age_label(at), gettext("ปี"), at=at)
    return found


def measure_of(leaf: Compare | Age, known: Mapping[str, Measure]) -> Measure:
    """The measure that a clause compares."""
    return known[f"@{leaf.at}" if isinstance(leaf, Age) else _key(leaf.field, leaf.per, leaf.every)]


def age_label(at: str) -> str:
    return gettext(AGES[at]) if at in AGES else gettext("อายุเต็มปี ณ %(day)s", day=at)


def held(value: Value, settings: Mapping[str, Any]) -> Any:
    """The value itself, where it comes from a setting."""
    return settings.get(value.slug) if isinstance(value, FromSetting) else value


def _ways(field: Field, spoken: list[Compare | Age]) -> list[tuple[str | None, str | None]]:
    ways: list[tuple[str | None, str | None]] = []
    if field.kind == "money" and field.period:
        ways = [(None, "month"), (None, "year")]
        for per in dict.fromkeys(leaf.per for leaf in spoken if isinstance(leaf, Compare) and leaf.per):
            ways = [(per, "month"), (per, "year"), *ways]
    else:
        ways = [(None, None)]
    used = [(leaf.per, leaf.every) for leaf in spoken if isinstance(leaf, Compare) and leaf.field == field.slug]
    return list(dict.fromkeys([*ways, *used]))


def _of_field(field: Field, per: str | None, every: str | None, options: tuple[tuple[str, str], ...]) -> Measure:
    label = pick(field.label.th, field.label.en)
    if per:
        label = gettext("%(what)sต่อคน", what=label)
    if every:
        label = pick(f"{label}{EVERY[every]}", f"{label} {gettext(EVERY[every])}")
    unit = gettext("บาท") if field.kind == "money" else gettext("ร้อยละ") if field.type == "percent" else ""
    if not unit and field.unit:
        unit = pick(field.unit.th, field.unit.en)
    return Measure(_key(field.slug, per, every), field.kind, label, unit, options, field, per, every)


def _options(field: Field, spoken: list[Compare | Age]) -> tuple[tuple[str, str], ...]:
    """What is ticked: the options of a choice; for an area the districts of the province, and any spoken of already."""
    if field.kind != "area":
        return tuple((option.value, pick(option.label.th, option.label.en)) for option in field.options)
    found = {area.code: area.of(current_locale()) for area in areas.districts(f"{current().tenant_id:02}")}
    for leaf in spoken:
        if isinstance(leaf, Compare) and leaf.field == field.slug and isinstance(leaf.value, tuple):
            found |= {str(code): area_name(str(code)) for code in leaf.value if code not in found}
    return tuple(found.items())


def _key(field: str, per: str | None, every: str | None) -> str:
    return "~".join((field, per or "", every or ""))
