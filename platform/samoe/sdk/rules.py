"""A rule of a group: a named tree of clauses, held against the fields and settings it speaks of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from samoe.sdk.criteria import Age, Compare, FromSetting, Node, fields_of, leaves
from samoe.sdk.fields import Field
from samoe.sdk.problems import Problem
from samoe.sdk.settings import Setting
from samoe.sdk.tables import Table
from samoe.sdk.text import Text
from samoe.sdk.trees import TreeError, read_tree

NUMERIC = ("number", "money", "percent", "count")
ORDER = ("=", "!=", "<", "<=", ">", ">=")
OPERATORS_OF = {
    "flag": ("is_true", "is_false"),
    "choice": ("=", "!=", "in"),
    "text": ("=", "!=", "in", "contains"),
    "date": ORDER,
    **dict.fromkeys(NUMERIC, (*ORDER, "in")),
}
MOMENTS = ("phase_start", "today")


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


def read_where(table: Table, key: str) -> Node | None:
    """The tree under ``key``, or None after noting what is wrong with it."""
    raw = table.raw(key)
    if raw is None:
        table.fault(key, "is missing")
        return None
    try:
        return read_tree(raw)
    except TreeError as error:
        table.fault(f"{key}.{error.path}" if error.path else key, error.message)
        return None


def check_tree(
    tree: Node, fields: Mapping[str, Field], settings: Mapping[str, Setting], path: str
) -> Iterator[Problem]:
    """Every way in which ``tree`` does not fit the group: missing names, operators or values that clash."""
    for slug in sorted(fields_of(tree) - set(fields)):
        yield Problem(path, f"speaks of {slug}, which is not a field")
    for leaf in leaves(tree):
        yield from _check_value(leaf, fields, settings, path)
        if isinstance(leaf, Compare) and leaf.field in fields:
            yield from _check_compare(leaf, fields, path)
        elif isinstance(leaf, Age):
            yield from _check_age(leaf, path)


def _check_compare(leaf: Compare, fields: Mapping[str, Field], path: str) -> Iterator[Problem]:
    field = fields[leaf.field]
    if leaf.op not in OPERATORS_OF.get(field.type, ()):
        yield Problem(path, f"{leaf.op} does not go with {leaf.field}, which is {field.type}")
        return
    if leaf.per is not None and (leaf.per in fields and fields[leaf.per].type not in ("count", "number")):
        yield Problem(path, f"{leaf.field} cannot be divided by {leaf.per}, which is not a number")
    if leaf.every and not field.period:
        yield Problem(path, f"{leaf.field} has no period, so every does not go with it")
    if (leaf.per or leaf.every) and leaf.op not in ORDER:
        yield Problem(path, f"{leaf.op} does not go with per or every")
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    for value in values:
        if value is None or isinstance(value, FromSetting):
            continue
        yield from _check_literal(field, value, path)


def _check_literal(field: Field, value: object, path: str) -> Iterator[Problem]:
    if field.type == "money" and not isinstance(value, int):
        yield Problem(path, f"{field.slug} is compared in whole satang")
    elif field.type in NUMERIC and not isinstance(value, int | float):
        yield Problem(path, f"{field.slug} is compared with a number")
    elif field.type == "choice" and field.option(value) is None:
        yield Problem(path, f"{value} is not an option of {field.slug}")
    elif field.type == "text" and not isinstance(value, str):
        yield Problem(path, f"{field.slug} is compared with text")
    elif field.type == "date" and not _is_date(value):
        yield Problem(path, f"{field.slug} is compared with a date such as 2021-01-15")


def _check_age(leaf: Age, path: str) -> Iterator[Problem]:
    if leaf.at not in MOMENTS and not _is_date(leaf.at):
        yield Problem(path, "age_at must be phase_start, today or a date such as 2021-01-15")
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    if any(not isinstance(value, int | FromSetting) for value in values):
        yield Problem(path, "an age is compared with whole years")


def _check_value(
    leaf: Compare | Age, fields: Mapping[str, Field], settings: Mapping[str, Setting], path: str
) -> Iterator[Problem]:
    if not isinstance(leaf.value, FromSetting):
        return
    setting = settings.get(leaf.value.slug)
    if setting is None:
        yield Problem(path, f"speaks of the setting {leaf.value.slug}, which does not exist")
    elif isinstance(leaf, Compare) and leaf.field in fields and setting.type != fields[leaf.field].type:
        yield Problem(path, f"{leaf.field} is {fields[leaf.field].type}, the setting {setting.slug} is {setting.type}")
    elif isinstance(leaf, Age) and setting.type != "count":
        yield Problem(path, f"the setting {setting.slug} must be of type count to be an age")


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
