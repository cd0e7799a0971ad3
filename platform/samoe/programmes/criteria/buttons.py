"""What the builder's buttons do to a rule: add, group, flags, not, remove, up, down, need, drop."""

from __future__ import annotations

from samoe.kit.problem import Problem
from samoe.programmes.criteria.choices import OFFERED, measures
from samoe.programmes.criteria.shape import DEEPEST, Path, Shape
from samoe.sdk import Compare, Manifest, Node, Not, Some

GONE = "ข้อนี้ไม่อยู่แล้ว เปิดหน้านี้ใหม่แล้วลองอีกครั้ง"
ADDING = ("add", "group", "flags", "not")


def press(shape: Shape, manifest: Manifest, verb: str, where: str) -> Shape:
    """The rule after a button. Raises ``Problem`` for a place that is not there."""
    path = path_of(where)
    try:
        if verb == "need":
            return _need(shape, manifest)
        if verb == "drop":
            return shape.drop_need(path[0])
        if verb == "remove":
            return shape.remove(path)
        if verb in ("up", "down"):
            return shape.move(path, -1 if verb == "up" else 1)
        if verb not in ADDING:
            raise Problem(GONE)
        if len(path) >= DEEPEST:
            raise Problem("ซ้อนกลุ่มลึกเกินไปจะอ่านยาก แยกเป็นหลายข้อแทน")
        return shape.add(path, _new(verb, manifest))
    except (IndexError, ValueError):
        raise Problem(GONE) from None


def path_of(where: str) -> Path:
    """The path in a button's value: ``1.0``; nothing is the rule itself."""
    try:
        return tuple(int(step) for step in where.split(".")) if where else ()
    except ValueError:
        raise Problem(GONE) from None


def first_clause(manifest: Manifest) -> Node:
    """What a new clause begins as: the first field one can compare."""
    known = list(measures(manifest).values())
    if not known:
        raise Problem("กลุ่มเป้าหมายนี้ไม่มีข้อมูลที่ใช้ตั้งเกณฑ์ได้")
    return next((measure for measure in known if measure.type != "text"), known[0]).first_clause()


def flags_of(manifest: Manifest) -> tuple[str, ...]:
    """The fields that are answered by yes or no."""
    return tuple(field.slug for field in manifest.fields if field.type == "flag")


def _new(verb: str, manifest: Manifest) -> Node:
    if verb == "flags" and (flags := flags_of(manifest)):
        return Some(tuple(Compare(slug, "is_true") for slug in flags))
    leaf = first_clause(manifest)
    if verb == "not":
        return Not(leaf)
    return Some((leaf,)) if verb == "group" else leaf


def _need(shape: Shape, manifest: Manifest) -> Shape:
    asked = {item if isinstance(item, str) else item.field for item in shape.needs}
    left = [field.slug for field in manifest.fields if field.kind in OFFERED and field.slug not in asked]
    return shape.need(left[0]) if left else shape
