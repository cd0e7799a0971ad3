"""Criteria as JSON: what ``all``, ``any``, ``not``, ``known`` and comparisons look like when stored."""

from collections.abc import Mapping
from typing import Any

from samoe.sdk.criteria import (
    FURTHEST,
    LISTED,
    MOMENTS,
    MONTHS,
    OPERATORS,
    Age,
    All,
    Compare,
    FromSetting,
    Known,
    Moment,
    Node,
    Not,
    Some,
    Value,
)
from samoe.sdk.problems import Problem
from samoe.sdk.tables import Table

DEEPEST = 12
"""How far groups of clauses may stand in one another."""


class TreeError(ValueError):
    """The tree cannot be read. What is said is a Thai message with its parameters, as of ``Problem``."""

    def __init__(self, path: str, said: str, **params: object) -> None:
        self.problem = Problem(path, said, **params)
        super().__init__(said)

    @property
    def path(self) -> str:
        return self.problem.path

    def __str__(self) -> str:
        return str(self.problem) if self.path else self.problem.message


def read_tree(tree: Any, path: str = "") -> Node:
    """The nodes of a JSON tree. Raises ``TreeError`` with the path of the first part that is not a clause."""
    return _node(tree, path, 0)


def _node(tree: Any, path: str, deep: int) -> Node:
    if not isinstance(tree, Mapping):
        raise TreeError(path, "ต้องเป็นตาราง")
    if deep > DEEPEST:
        raise TreeError(path, "ซ้อนกันได้ไม่เกิน %(most)s ชั้น", most=DEEPEST)
    keys = set(tree)
    if keys == {"all"} or keys == {"any"}:
        key = next(iter(keys))
        clauses = _clauses(tree[key], _at(path, key), deep + 1)
        return All(clauses) if key == "all" else Some(clauses)
    if keys == {"not"}:
        return Not(_node(tree["not"], _at(path, "not"), deep + 1))
    if keys == {"known", "then"}:
        return Known(_known(tree["known"], _at(path, "known")), _node(tree["then"], _at(path, "then"), deep + 1))
    if "age_at" in keys:
        return _age(tree, path)
    if "field" in keys:
        return _compare(tree, path)
    raise TreeError(path, "ไม่ใช่เงื่อนไข ต้องมี all, any, not, known กับ then, field หรือ age_at")


def read_where(table: Table, key: str) -> Node | None:
    """The tree under ``key``, or None after noting what is wrong with it."""
    raw = table.raw(key)
    if raw is None:
        table.fault(key, "ยังไม่ได้ระบุ")
        return None
    try:
        return read_tree(raw)
    except TreeError as error:
        table.fault(f"{key}.{error.path}" if error.path else key, error.problem.said, **error.problem.params)
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


def _clauses(value: Any, path: str, deep: int) -> tuple[Node, ...]:
    if not isinstance(value, list) or not value:
        raise TreeError(path, "ต้องเป็นรายการที่มีอย่างน้อยหนึ่งเงื่อนไข")
    return tuple(_node(item, f"{path}[{index}]", deep) for index, item in enumerate(value))


def _known(value: Any, path: str) -> tuple[str | Compare, ...]:
    if not isinstance(value, list) or not value:
        raise TreeError(path, "ต้องเป็นรายการที่มีอย่างน้อยหนึ่งข้อ")
    found: list[str | Compare] = []
    for index, item in enumerate(value):
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, Mapping):
            found.append(_compare(item, f"{path}[{index}]"))
        else:
            raise TreeError(f"{path}[{index}]", "ต้องเป็นชื่อข้อหรือการเปรียบเทียบ")
    return tuple(found)


def _compare(tree: Mapping[str, Any], path: str) -> Compare:
    _only(tree, {"field", "op", "value", "per", "every"}, path)
    field, op = _text(tree, "field", path), _operator(tree, path)
    per = _text(tree, "per", path) if "per" in tree else None
    every = tree.get("every")
    if every is not None and every not in MONTHS:
        raise TreeError(_at(path, "every"), "ต้องเป็น month หรือ year")
    if op in ("is_true", "is_false"):
        if "value" in tree:
            raise TreeError(_at(path, "value"), "ใช้กับ %(op)s ไม่ได้", op=op)
        return Compare(field, op, None, per, every)
    return Compare(field, op, _value(tree, op, path), per, every)


def _age(tree: Mapping[str, Any], path: str) -> Age:
    _only(tree, {"age_at", "op", "value"}, path)
    op = _operator(tree, path)
    if op in ("contains", "includes", "is_true", "is_false"):
        raise TreeError(_at(path, "op"), "ใช้กับอายุไม่ได้")
    return Age(_text(tree, "age_at", path), op, _value(tree, op, path))


def _operator(tree: Mapping[str, Any], path: str) -> str:
    op = tree.get("op")
    if op not in OPERATORS:
        raise TreeError(_at(path, "op"), "ต้องเป็นอย่างใดอย่างหนึ่งใน %(allowed)s", allowed=" ".join(OPERATORS))
    return str(op)


def _value(tree: Mapping[str, Any], op: str, path: str) -> Value:
    value = tree.get("value")
    where = _at(path, "value")
    if isinstance(value, Mapping) and op in (*LISTED, "contains"):
        raise TreeError(where, "ใช้ค่าที่จังหวัดตั้งกับ %(op)s ไม่ได้", op=op)
    if isinstance(value, Mapping) and "moment" in value:
        return _moment(value, where)
    if isinstance(value, Mapping):
        _only(value, {"setting"}, where)
        return FromSetting(_text(value, "setting", where))
    if op in LISTED:
        if not isinstance(value, list) or not value or not all(_scalar(item) for item in value):
            raise TreeError(where, "ต้องเป็นรายการของค่า")
        return tuple(value)
    if not _scalar(value):
        raise TreeError(where, "ต้องเป็นจำนวนหรือข้อความ")
    return value


def _moment(value: Mapping[str, Any], path: str) -> Moment:
    _only(value, {"moment", *FURTHEST}, path)
    at = _text(value, "moment", path)
    if at not in MOMENTS:
        raise TreeError(_at(path, "moment"), "ต้องเป็น %(names)s อย่างใดอย่างหนึ่ง", names=" ".join(MOMENTS))
    moved: dict[str, int] = {}
    for key, furthest in FURTHEST.items():
        by = value.get(key, 0)
        if not isinstance(by, int) or isinstance(by, bool) or abs(by) > furthest:
            raise TreeError(_at(path, key), "ต้องเป็นจำนวนเต็มไม่เกิน %(most)s", most=furthest)
        moved[key] = by
    return Moment(at, **moved)


def _scalar(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool) and value != ""


def _only(tree: Mapping[str, Any], allowed: set[str], path: str) -> None:
    unknown = sorted(set(tree) - allowed)
    if unknown:
        raise TreeError(_at(path, unknown[0]), "ไม่มีคีย์ชื่อนี้ในข้อกำหนด")


def _text(tree: Mapping[str, Any], key: str, path: str) -> str:
    value = tree.get(key)
    if not isinstance(value, str) or not value:
        raise TreeError(_at(path, key), "ต้องเป็นข้อความ")
    return value


def _plain(value: Value) -> Any:
    if isinstance(value, FromSetting):
        return {"setting": value.slug}
    if isinstance(value, Moment):
        moved = {"months": value.months, "days": value.days}
        return {"moment": value.at, **{key: by for key, by in moved.items() if by}}
    return list(value) if isinstance(value, tuple) else value
