"""Plain data as TOML that reads like a hand-written module: what is short on one line, what is long in a part."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 120
BARE = re.compile(r"[A-Za-z0-9_-]+")
APART = frozenset({"columns"})
"""Lists that stand in parts of their own however short they are."""
TOGETHER = frozenset({"all", "any", "known"})
"""Lists that stay together however deep they are: a rule is read as a whole."""


def toml(data: Mapping[str, Any]) -> str:
    """The text; ``tomllib`` reads the same data back. Nothing in ``data`` may be None."""
    return "\n".join(_part(data, (), top=True)).strip("\n") + "\n"


def _part(data: Mapping[str, Any], path: tuple[str, ...], *, top: bool = False) -> Iterator[str]:
    """The lines of one table: first what fits into it, then its parts, for nothing of it may follow those."""
    apart = {key for key, value in data.items() if _stands_apart(key, value, top=top)}
    for key, value in data.items():
        if key not in apart:
            yield f"{_key(key)} = {_value(value, len(_key(key)) + 3)}"
    for key, value in data.items():
        if key in apart:
            here = (*path, key)
            name = ".".join(_key(part) for part in here)
            for table in value if isinstance(value, list) else [value]:
                yield from ("", f"[[{name}]]" if isinstance(value, list) else f"[{name}]")
                yield from _part(table, here)


def _stands_apart(key: str, value: Any, *, top: bool) -> bool:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        long = any(_is_deep(item) or len(_in_line(item)) + 6 > WIDTH for item in value)
        return top or key in APART or (long and key not in TOGETHER)
    if not isinstance(value, dict) or _is_words(value):
        return False
    return _is_deep(value) or len(_key(key)) + len(_in_line(value)) + 3 > WIDTH


def _is_deep(table: Mapping[str, Any]) -> bool:
    """Whether a table has a table with tables in it, or a list of such."""
    parts = [part for value in table.values() for part in (value if isinstance(value, list) else [value])]
    return any(isinstance(part, dict) and any(isinstance(inner, dict) for inner in part.values()) for part in parts)


def _is_words(table: Mapping[str, Any]) -> bool:
    return set(table) == {"th", "en"}


def _value(value: Any, taken: int, depth: int = 0) -> str:
    """On one line, or a list with each of its parts on a line: a table in TOML has to stay on one."""
    line = _in_line(value)
    tables = isinstance(value, list) and len(value) > 1 and any(isinstance(part, dict) for part in value)
    if not tables and len(line) + taken + 4 * depth <= WIDTH:
        return line
    if isinstance(value, list):
        room = "    " * (depth + 1)
        inner = "".join(f"{room}{_value(part, 1, depth + 1)},\n" for part in value)
        return f"[\n{inner}{'    ' * depth}]"
    if isinstance(value, dict):
        parts = (f"{_key(key)} = {_value(part, taken + len(key) + 5, depth)}" for key, part in value.items())
        return f"{{ {', '.join(parts)} }}"
    return line


def _in_line(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {_in_line(part)}" for key, part in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_line, value))}]"
    if isinstance(value, str):
        return _text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
