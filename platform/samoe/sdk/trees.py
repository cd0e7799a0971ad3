"""Criteria as JSON: what ``all``, ``any``, ``not``, ``known`` and comparisons look like when stored."""

from collections.abc import Mapping
from typing import Any

from samoe.sdk.criteria import (
    LISTED,
    MONTHS,
    OPERATORS,
    Age,
    All,
    Compare,
    FromSetting,
    Known,
    Node,
    Not,
    Some,
    Value,
)
from samoe.sdk.tables import Table


class TreeError(ValueError):
    """The tree cannot be read."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message


def read_tree(tree: Any, path: str = "") -> Node:
    """The nodes of a JSON tree. Raises ``TreeError`` with the path of the first part that is not a clause."""
    if not isinstance(tree, Mapping):
        raise TreeError(path, "must be a table")
    keys = set(tree)
    if keys == {"all"} or keys == {"any"}:
        key = next(iter(keys))
        clauses = _clauses(tree[key], _at(path, key))
        return All(clauses) if key == "all" else Some(clauses)
    if keys == {"not"}:
        return Not(read_tree(tree["not"], _at(path, "not")))
    if keys == {"known", "then"}:
        return Known(_known(tree["known"], _at(path, "known")), read_tree(tree["then"], _at(path, "then")))
    if "age_at" in keys:
        return _age(tree, path)
    if "field" in keys:
        return _compare(tree, path)
    raise TreeError(path, "is not a clause: expected all, any, not, known and then, field, or age_at")


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


def write_tree(node: Node) -> dict[str, Any]:
    """The JSON tree of ``node``; ``read_tree`` gives the same node back."""
    if isinstance(node, All):
        return {"all": [write_tree(clause) for clause in node.clauses]}
    if isinstance(node, Some):
        return {"any": [write_tree(clause) for clause in node.clauses]}
    if isinstance(node, Not):
        return {"not": write_tree(node.clause)}
    if isinstance(node, Known):
        known = [item if isinstance(item, str) else write_tree(item) for item in node.fields]
        return {"known": known, "then": write_tree(node.then)}
    if isinstance(node, Age):
        return {"age_at": node.at, "op": node.op, "value": _plain(node.value)}
    written: dict[str, Any] = {"field": node.field, "op": node.op}
    if node.value is not None:
        written["value"] = _plain(node.value)
    if node.per:
        written["per"] = node.per
    if node.every:
        written["every"] = node.every
    return written


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _clauses(value: Any, path: str) -> tuple[Node, ...]:
    if not isinstance(value, list) or not value:
        raise TreeError(path, "must be a list of at least one clause")
    return tuple(read_tree(item, f"{path}[{index}]") for index, item in enumerate(value))


def _known(value: Any, path: str) -> tuple[str | Compare, ...]:
    if not isinstance(value, list) or not value:
        raise TreeError(path, "must be a list of at least one field")
    found: list[str | Compare] = []
    for index, item in enumerate(value):
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, Mapping):
            found.append(_compare(item, f"{path}[{index}]"))
        else:
            raise TreeError(f"{path}[{index}]", "must be a field or a comparison")
    return tuple(found)


def _compare(tree: Mapping[str, Any], path: str) -> Compare:
    _only(tree, {"field", "op", "value", "per", "every"}, path)
    field, op = _text(tree, "field", path), _operator(tree, path)
    per = _text(tree, "per", path) if "per" in tree else None
    every = tree.get("every")
    if every is not None and every not in MONTHS:
        raise TreeError(_at(path, "every"), "must be month or year")
    if op in ("is_true", "is_false"):
        if "value" in tree:
            raise TreeError(_at(path, "value"), f"does not go with {op}")
        return Compare(field, op, None, per, every)
    return Compare(field, op, _value(tree, op, path), per, every)


def _age(tree: Mapping[str, Any], path: str) -> Age:
    _only(tree, {"age_at", "op", "value"}, path)
    op = _operator(tree, path)
    if op in ("contains", "includes", "is_true", "is_false"):
        raise TreeError(_at(path, "op"), "does not go with an age")
    return Age(_text(tree, "age_at", path), op, _value(tree, op, path))


def _operator(tree: Mapping[str, Any], path: str) -> str:
    op = tree.get("op")
    if op not in OPERATORS:
        raise TreeError(_at(path, "op"), f"must be one of {' '.join(OPERATORS)}")
    return str(op)


def _value(tree: Mapping[str, Any], op: str, path: str) -> Value:
    value = tree.get("value")
    where = _at(path, "value")
    if isinstance(value, Mapping) and op in (*LISTED, "contains"):
        raise TreeError(where, f"a setting does not go with {op}")
    if isinstance(value, Mapping):
        _only(value, {"setting"}, where)
        return FromSetting(_text(value, "setting", where))
    if op in LISTED:
        if not isinstance(value, list) or not value or not all(_scalar(item) for item in value):
            raise TreeError(where, "must be a list of values")
        return tuple(value)
    if not _scalar(value):
        raise TreeError(where, "must be a number or a text")
    return value


def _scalar(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool) and value != ""


def _only(tree: Mapping[str, Any], allowed: set[str], path: str) -> None:
    unknown = sorted(set(tree) - allowed)
    if unknown:
        raise TreeError(_at(path, unknown[0]), "is not a known key")


def _text(tree: Mapping[str, Any], key: str, path: str) -> str:
    value = tree.get(key)
    if not isinstance(value, str) or not value:
        raise TreeError(_at(path, key), "must be text")
    return value


def _plain(value: Value) -> Any:
    if isinstance(value, FromSetting):
        return {"setting": value.slug}
    return list(value) if isinstance(value, tuple) else value
