"""A rule of a group: a named tree of clauses, held against the fields and settings it speaks of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samoe.sdk.criteria import MOMENTS, Age, Compare, FromSetting, Moment, Node, fields_of, leaves
from samoe.sdk.fields import Field
from samoe.sdk.limits import too_long
from samoe.sdk.problems import Problem
from samoe.sdk.settings import Setting
from samoe.sdk.tables import Table
from samoe.sdk.text import Text
from samoe.sdk.trees import read_where

NUMERIC = ("number", "money", "percent", "count")
ORDER = ("=", "!=", "<", "<=", ">", ">=")
OPERATORS_OF = {
    "flag": ("is_true", "is_false"),
    "choice": ("=", "!=", "in"),
    "choices": ("includes",),
    "area": ("in",),
    "text": ("=", "!=", "in", "contains"),
    "date": ORDER,
    **dict.fromkeys(NUMERIC, (*ORDER, "in")),
}
AREA_CODE = re.compile("[0-9]{2}([0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A named tree. The rule called ``criteria`` is the one that people are screened by."""

    slug: str
    label: Text
    tree: Node

    @classmethod
    def read(cls, table: Table) -> "Rule | None":
        slug, label = table.need_slug("slug"), table.need_text("label")
        tree = read_where(table, "tree")
        table.done()
        return None if tree is None else cls(slug, label, tree)


def check_tree(
    tree: Node, fields: Mapping[str, Field], settings: Mapping[str, Setting], path: str
) -> Iterator[Problem]:
    """Every way in which ``tree`` does not fit the group: missing names, operators or values that clash."""
    spoken = list(leaves(tree))
    if problems := list(too_long(spoken, path)):
        yield from problems
        return
    for slug in sorted(fields_of(tree) - set(fields)):
        yield Problem(path, "กล่าวถึง %(slug)s ซึ่งไม่มีในแบบสอบถาม", slug=slug)
    for leaf in spoken:
        yield from _check_value(leaf, fields, settings, path)
        if isinstance(leaf, Compare) and leaf.field in fields:
            yield from _check_compare(leaf, fields, path)
        elif isinstance(leaf, Age):
            yield from _check_age(leaf, path)


def _check_compare(leaf: Compare, fields: Mapping[str, Field], path: str) -> Iterator[Problem]:
    field = fields[leaf.field]
    if leaf.op not in OPERATORS_OF.get(field.kind, ()):
        yield Problem(
            path,
            "ใช้ %(op)s กับ %(field)s ไม่ได้ เพราะเป็นข้อชนิด %(field2)s",
            op=leaf.op,
            field=leaf.field,
            field2=field.type,
        )
        return
    if leaf.per is not None and (leaf.per in fields and fields[leaf.per].kind not in ("count", "number")):
        yield Problem(path, "หาร %(field)s ด้วย %(per)s ไม่ได้ เพราะไม่ใช่จำนวน", field=leaf.field, per=leaf.per)
    if leaf.every and not field.period:
        yield Problem(path, "%(field)s ไม่ได้บอกว่าต่อเดือนหรือต่อปี จึงใช้ every ไม่ได้", field=leaf.field)
    if (leaf.per or leaf.every) and leaf.op not in ORDER:
        yield Problem(path, "ใช้ %(op)s ร่วมกับ per หรือ every ไม่ได้", op=leaf.op)
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    for value in values:
        if value is None or isinstance(value, FromSetting):
            continue
        if isinstance(value, Moment):
            if field.kind != "date":
                yield Problem(path, "เทียบ %(field)s กับวันของระยะไม่ได้ เพราะไม่ใช่วันที่", field=field.slug)
            continue
        yield from _check_literal(field, value, path)


def _check_literal(field: Field, value: object, path: str) -> Iterator[Problem]:
    if field.kind == "money" and not isinstance(value, int):
        yield Problem(path, "%(field)s ต้องเทียบกับจำนวนเต็มเป็นสตางค์", field=field.slug)
    elif field.kind in NUMERIC and not isinstance(value, int | float):
        yield Problem(path, "%(field)s ต้องเทียบกับจำนวน", field=field.slug)
    elif field.kind in ("choice", "choices") and field.option(value) is None:
        yield Problem(path, "%(field)s ไม่มีตัวเลือก %(value)s", value=value, field=field.slug)
    elif field.kind == "text" and not isinstance(value, str):
        yield Problem(path, "%(field)s ต้องเทียบกับข้อความ", field=field.slug)
    elif field.kind == "date" and not _is_date(value):
        yield Problem(path, "%(field)s ต้องเทียบกับวันที่เช่น 2021-01-15", field=field.slug)
    elif field.kind == "area" and not (isinstance(value, str) and AREA_CODE.fullmatch(value)):
        yield Problem(path, "%(field)s ต้องเทียบกับรหัสจังหวัด อำเภอ หรือตำบล", field=field.slug)


def _check_age(leaf: Age, path: str) -> Iterator[Problem]:
    if leaf.at not in MOMENTS and not _is_date(leaf.at):
        yield Problem(path, "age_at ต้องเป็น phase_start, phase_end, today หรือวันที่เช่น 2021-01-15")
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    if any(not isinstance(value, int | FromSetting) for value in values):
        yield Problem(path, "อายุต้องเทียบกับจำนวนปีเต็ม")


def _check_value(
    leaf: Compare | Age, fields: Mapping[str, Field], settings: Mapping[str, Setting], path: str
) -> Iterator[Problem]:
    if not isinstance(leaf.value, FromSetting):
        return
    setting = settings.get(leaf.value.slug)
    if setting is None:
        yield Problem(path, "กล่าวถึงค่าที่จังหวัดตั้งชื่อ %(slug)s ซึ่งไม่มี", slug=leaf.value.slug)
    elif isinstance(leaf, Compare) and leaf.field in fields and setting.type != fields[leaf.field].kind:
        yield Problem(
            path,
            "%(field)s เป็นชนิด %(kind)s แต่ค่าที่จังหวัดตั้ง %(setting)s เป็นชนิด %(setting2)s",
            field=leaf.field,
            kind=fields[leaf.field].kind,
            setting=setting.slug,
            setting2=setting.type,
        )
    elif isinstance(leaf, Age) and setting.type != "count":
        yield Problem(path, "ค่าที่จังหวัดตั้ง %(setting)s ต้องเป็นชนิด count จึงใช้เป็นอายุได้", setting=setting.slug)


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
