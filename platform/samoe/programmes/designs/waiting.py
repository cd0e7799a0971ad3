"""Which questions wait for the answer of another one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from samoe.sdk.criteria import fields_of
from samoe.sdk.trees import TreeError, read_tree


def waits_for(fields: Iterable[Mapping[str, Any]], slug: str) -> set[str]:
    """The questions that are asked or worked out only once this one is answered, directly or by way of others."""
    return waiting_for_any(fields, {slug})


def waiting_for_any(fields: Iterable[Mapping[str, Any]], slugs: set[str]) -> set[str]:
    """The same for several questions."""
    before = {str(field.get("slug")): _follows(field) for field in fields}
    found: set[str] = set()
    left = slugs
    while left:
        left = {name for name, needs in before.items() if needs & left} - found
        found |= left
    return found


def _follows(field: Mapping[str, Any]) -> set[str]:
    names = set(_names(field.get("calculate")))
    try:
        return names | set(fields_of(read_tree(field["shown_when"]))) if field.get("shown_when") else names
    except TreeError:
        return names


def _names(calculate: Any) -> Iterable[str]:
    if isinstance(calculate, str):
        yield calculate
    elif isinstance(calculate, Mapping):
        for key, part in calculate.items():
            if key != "column":
                yield from _names(part)
    elif isinstance(calculate, list):
        for part in calculate:
            yield from _names(part)
