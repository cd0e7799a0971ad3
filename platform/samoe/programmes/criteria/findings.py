"""What cannot be right about a rule, said at the clause: nobody can meet it, or nobody can miss it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samoe.i18n import gettext
from samoe.programmes.criteria.forms import name_of
from samoe.programmes.criteria.shape import Path, Shape, parts
from samoe.sdk import All, Compare, Known, Node
from samoe.targetgroups.criteria import Circumstances, certain, impossible


@dataclass(frozen=True, slots=True)
class Finding:
    """``place`` is the clause's name in the form; ``refused`` keeps the rule from being published."""

    place: str
    words: str
    refused: bool = True


def findings(shape: Shape, under: Circumstances) -> tuple[Finding, ...]:
    """Everything found about a rule, in reading order, once a place."""
    needs = [(f"n.{index}", item) for index, item in enumerate(shape.needs) if isinstance(item, Compare)]
    clauses = [(name_of((index,)), clause) for index, clause in enumerate(shape.clauses)]
    found = [*_clash([*needs, *clauses], under)]
    for index, clause in enumerate(shape.clauses):
        found += _inside((index,), clause, under)
    if not found and impossible(shape.tree, under):
        found = [Finding(clauses[-1][0], gettext("ทุกข้อรวมกันแล้วไม่มีใครผ่านได้ ตรวจว่าข้อต่าง ๆ ไม่ขัดกัน"))]
    told: dict[str, Finding] = {}
    for one in found:
        told.setdefault(one.place, one)
    return tuple(told.values())


def _inside(path: Path, node: Node, under: Circumstances) -> Iterator[Finding]:
    """What is wrong within one clause, at its smallest part."""
    inner = [finding for i, part in enumerate(parts(node)) for finding in _inside((*path, i), part, under)]
    if isinstance(node, All):
        inner += _clash([(name_of((*path, i)), part) for i, part in enumerate(node.clauses)], under)
    if any(one.refused for one in inner):
        yield from inner
    elif impossible(node, under):
        yield Finding(name_of(path), gettext("ไม่มีใครเข้าข้อนี้ได้เลย แก้หรือเอาข้อนี้ออก"))
    elif inner:
        yield from inner
    elif certain(node, under):
        yield Finding(name_of(path), gettext("ทุกคนที่มีข้อมูลเข้าข้อนี้ ข้อนี้จึงไม่คัดใครออก"), refused=False)


def _clash(all_of: Sequence[tuple[str, Node]], under: Circumstances) -> Iterator[Finding]:
    """Clauses that must all hold and that two by two cannot: said at the later one."""
    fine = [(place, node) for place, node in all_of if not impossible(node, under)]
    for later, (place, node) in enumerate(fine):
        for before, other in fine[:later]:
            if impossible(All((_bare(other), _bare(node))), under):
                if before.startswith("n."):
                    words = gettext("ขัดกับเงื่อนไขใน “ต้องรู้ก่อนตัดสิน” จึงไม่มีใครผ่านทั้งสองข้อได้")
                else:
                    number = ".".join(str(int(step) + 1) for step in before.split(".")[1:])
                    words = gettext("ขัดกับข้อ %(n)s จึงไม่มีใครผ่านทั้งสองข้อได้ แก้ข้อใดข้อหนึ่ง", n=number)
                yield Finding(place, words)
                break


def _bare(node: Node) -> Node:
    return node.then if isinstance(node, Known) and not any(isinstance(f, Compare) for f in node.fields) else node
