"""What cannot be right about a rule, said at the clause: nobody can meet it, or nobody can miss it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samoe.i18n import gettext
from samoe.programmes.criteria.forms import name_of
from samoe.programmes.criteria.limits import beyond, retired, unset
from samoe.programmes.criteria.shape import Path, Shape, parts
from samoe.sdk import Age, All, Compare, Known, Node
from samoe.targetgroups.criteria import Circumstances, Declared, certain, impossible

MOST_PAIRED = 40


@dataclass(frozen=True, slots=True)
class Finding:
    """``place`` is the clause's name in the form; ``refused`` keeps the rule from being published."""

    place: str
    words: str
    refused: bool = True


def findings(shape: Shape, under: Circumstances) -> tuple[Finding, ...]:
    """Everything found about a rule, in reading order, once a place."""
    judged = _Judged(under)
    needs = [(f"n.{index}", item) for index, item in enumerate(shape.needs) if isinstance(item, Compare)]
    clauses = [(name_of((index,)), clause) for index, clause in enumerate(shape.clauses)]
    found = [one for place, item in needs for one in judged.inside(place, (), item)]
    found += judged.clash([*needs, *clauses])
    for index, clause in enumerate(shape.clauses):
        found += judged.inside(name_of((index,)), (index,), clause)
    if not any(one.refused for one in found) and judged.nobody(shape.tree):
        found.append(Finding(clauses[-1][0], gettext("ทุกข้อรวมกันแล้วไม่มีใครผ่านได้ ตรวจว่าข้อต่าง ๆ ไม่ขัดกัน")))
    told: dict[str, Finding] = {}
    for one in sorted(found, key=lambda one: not one.refused):
        told.setdefault(one.place, one)
    order = list(dict.fromkeys(one.place for one in found))
    return tuple(told[place] for place in order)


class _Judged:
    """A rule held against itself and against the questions that it speaks of."""

    def __init__(self, under: Circumstances) -> None:
        self.under = under
        self.declared = Declared(under)

    def nobody(self, node: Node) -> bool:
        return impossible(node, self.under, self.declared)

    def inside(self, place: str, path: Path, node: Node) -> Iterator[Finding]:
        """What is wrong within one clause, at its smallest part."""
        within = [
            finding
            for i, part in enumerate(parts(node))
            for finding in self.inside(name_of((*path, i)), (*path, i), part)
        ]
        if isinstance(node, All):
            within += self.clash([(name_of((*path, i)), part) for i, part in enumerate(node.clauses)])
        if any(one.refused for one in within):
            yield from within
        elif self.nobody(node):
            never = gettext("ไม่มีใครเข้าข้อนี้ได้เลย แก้หรือเอาข้อนี้ออก")
            why = self.why(node)
            yield Finding(place, f"{why} {never}" if why else never)
        elif within:
            yield from within
        elif isinstance(node, Compare | Age) and (words := unset(node, self.under) or retired(node, self.under)):
            yield Finding(place, words, refused=False)
        elif certain(node, self.under, self.declared):
            always = gettext("ทุกคนที่มีข้อมูลเข้าข้อนี้ ข้อนี้จึงไม่คัดใครออก")
            why = self.why(node, fails=True)
            yield Finding(place, f"{why} {always}" if why else always, refused=False)

    def why(self, node: Node, *, fails: bool = False) -> str:
        """What the question takes, where it is that alone which leaves nobody (or, with ``fails``, everybody)."""
        alone = certain if fails else impossible
        return "" if not isinstance(node, Compare | Age) or alone(node, self.under) else beyond(node, self.under)

    def clash(self, all_of: Sequence[tuple[str, Node]]) -> Iterator[Finding]:
        """Clauses that must all hold and that two by two cannot: said at the later one. Of very many only the rule as a
        whole is judged, for the page does not wait."""
        if len(all_of) > MOST_PAIRED:
            return
        fine = [(place, node) for place, node in all_of if not self.nobody(node)]
        for later, (place, node) in enumerate(fine):
            for before, other in fine[:later]:
                if self.nobody(All((_bare(other), _bare(node)))):
                    yield Finding(place, _clashing(before))
                    break


def _clashing(before: str) -> str:
    if before.startswith("n."):
        return gettext("ขัดกับเงื่อนไขใน “ต้องรู้ก่อนตัดสิน” จึงไม่มีใครผ่านทั้งสองข้อได้")
    number = ".".join(str(int(step) + 1) for step in before.split(".")[1:])
    return gettext("ขัดกับข้อ %(n)s จึงไม่มีใครผ่านทั้งสองข้อได้ แก้ข้อใดข้อหนึ่ง", n=number)


def _bare(node: Node) -> Node:
    return node.then if isinstance(node, Known) and not any(isinstance(f, Compare) for f in node.fields) else node
