"""A manifest as plain data in the vocabulary of ``module.toml``: the exact inverse of ``parse``.

It follows the dataclasses: each of their fields is a key of the same name, in their order, left out where it holds
what reading would give without it. What is written otherwise than it is kept stands in the tables below, and
nowhere else, so that a new key needs nothing here.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import MappingProxyType
from typing import Any, get_args

from samoe.sdk.columns import Column
from samoe.sdk.criteria import Node
from samoe.sdk.demo import DemoPayments, Draw
from samoe.sdk.expressions import Calculation, write_calculation
from samoe.sdk.fields import READER_OF
from samoe.sdk.fields import Field as Question
from samoe.sdk.imports import Bound, Findings, SubmissionColumn
from samoe.sdk.manifest import Manifest
from samoe.sdk.measures import Figure, Measure
from samoe.sdk.money import baht_of
from samoe.sdk.settings import Setting
from samoe.sdk.trees import write_tree

KEYS: Mapping[tuple[type, str], str] = MappingProxyType({
    (Manifest, "imports"): "import",
    (Measure, "kind"): "measure",
    (Draw, "kind"): "draw",
    (DemoPayments, "amounts"): "amounts_baht",
    (Bound, "which"): "bound",
})  # fmt: skip
"""Keys that are called otherwise than what they are kept as."""
LAID_IN = frozenset({(Figure, "measure"), (SubmissionColumn, "column"), (Findings, "column")})
"""Parts whose keys stand in the table around them."""
IN_BAHT: Mapping[tuple[type, str], Callable[[Any], bool]] = MappingProxyType({
    (Question, "min"): lambda owner: owner.kind == "money",
    (Question, "max"): lambda owner: owner.kind == "money",
    (Setting, "default"): lambda owner: owner.type == "money",
    (Setting, "min"): lambda owner: owner.type == "money",
    (Setting, "max"): lambda owner: owner.type == "money",
    (DemoPayments, "amounts"): lambda _owner: True,
})  # fmt: skip
"""Amounts that are written in baht and kept in satang, and when."""
FOLLOWS: Mapping[str, Callable[[Question, Any], bool]] = MappingProxyType({
    "options": lambda owner, _: owner.codelist is not None,
    "gives": lambda _, value: value == "number",
    "level": lambda _, value: value == "subdistrict",
    "sensitive": lambda owner, _: owner.type == "national_id",
})  # fmt: skip
"""What reading gives a question by itself, from its list or its type."""
NODES = get_args(Node)


def write_manifest(manifest: Manifest) -> dict[str, Any]:
    """The manifest as ``parse`` reads it: texts, numbers, flags, lists and tables, without what goes without saying."""
    return _table(manifest, None)


def _table(thing: Any, above: Any) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for field in fields(thing):
        value, place = getattr(thing, field.name), (type(thing), field.name)
        if _goes_without_saying(value, field, thing, above):
            continue
        if place in LAID_IN:
            written |= _table(value, thing)
        elif place in IN_BAHT and IN_BAHT[place](thing):
            written[KEYS.get(place, field.name)] = _amount(value)
        else:
            written[KEYS.get(place, field.name)] = _plain(value, thing)
    return written


def _goes_without_saying(value: Any, field: "Field[Any]", thing: Any, above: Any) -> bool:
    if value is None or value == ():
        return True
    if isinstance(thing, Question) and field.name in FOLLOWS and FOLLOWS[field.name](thing, value):
        return True
    if isinstance(thing, Column) and field.name == "reader":
        kind = above.type if isinstance(above, Question) else "choice"
        return bool(value == READER_OF.get(kind, "text"))
    return field.default is not MISSING and type(value) is type(field.default) and bool(value == field.default)


def _plain(value: Any, above: Any) -> Any:
    if isinstance(value, NODES):
        return write_tree(value)
    if isinstance(value, Calculation):
        return write_calculation(value)
    if isinstance(value, Bound) and value.benefit is None:
        return value.value
    if is_dataclass(value):
        return _table(value, above)
    if isinstance(value, tuple) and all(isinstance(part, tuple) for part in value):
        return {name: _plain(inner, above) for name, inner in value}
    return [_plain(part, above) for part in value] if isinstance(value, tuple) else value


def _amount(value: Any) -> Any:
    return [_amount(part) for part in value] if isinstance(value, tuple) else baht_of(value)
