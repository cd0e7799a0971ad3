"""A rule as the builder shows it: what must be known, then numbered clauses that must all hold.

Clauses are found by paths such as ``(1, 0)``: the first part of the second clause. Every edit gives a new shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from samoe.sdk import All, Compare, Known, Node, Not, Some

Path = tuple[int, ...]
DEEPEST = 3
"""Groups inside groups; deeper ones nobody can read."""


@dataclass(frozen=True, slots=True)
class Shape:
    """``needs`` are fields that must be answered (or conditions on them) before anything is decided."""

    clauses: tuple[Node, ...]
    needs: tuple[str | Compare, ...] = ()

    @classmethod
    def of(cls, tree: Node) -> Shape:
        needs: tuple[str | Compare, ...] = ()
        if isinstance(tree, Known):
            needs, tree = tree.fields, tree.then
        return cls(tree.clauses if isinstance(tree, All) else (tree,), needs)

    @property
    def tree(self) -> Node:
        whole = All(self.clauses)
        return Known(self.needs, whole) if self.needs else whole

    def at(self, path: Path) -> Node:
        """The clause at ``path``; ``IndexError`` where there is none."""
        node: Node = All(self.clauses)
        for step in path:
            node = parts(node)[step]
        return node

    def add(self, path: Path, clause: Node) -> Shape:
        """Put a clause last in the group at ``path`` (``()`` is the rule itself)."""
        return self._with(path, (*parts(self._group(path)), clause))

    def remove(self, path: Path) -> Shape:
        """Take a clause away; a group that this leaves empty goes with it. The last clause of a rule stays."""
        *up, step = path
        kept = parts(self._group(tuple(up)))
        if not 0 <= step < len(kept):
            raise IndexError(step)
        left = kept[:step] + kept[step + 1 :]
        if left:
            return self._with(tuple(up), left)
        return self.remove(tuple(up)) if up else self

    def move(self, path: Path, by: int) -> Shape:
        """Change places with the clause before (−1) or after (1) in the same group."""
        *up, step = path
        kept = list(parts(self._group(tuple(up))))
        other = step + by
        if not 0 <= step < len(kept):
            raise IndexError(step)
        if not 0 <= other < len(kept):
            return self
        kept[step], kept[other] = kept[other], kept[step]
        return self._with(tuple(up), tuple(kept))

    def need(self, item: str | Compare) -> Shape:
        """Ask for one more field to be known."""
        return replace(self, needs=(*self.needs, item))

    def drop_need(self, index: int) -> Shape:
        """No longer ask for a field to be known."""
        return replace(self, needs=self.needs[:index] + self.needs[index + 1 :])

    def _group(self, path: Path) -> Node:
        return All(self.clauses) if not path else self.at(path)

    def _with(self, path: Path, clauses: tuple[Node, ...]) -> Shape:
        return replace(self, clauses=parts(_rebuilt(All(self.clauses), path, clauses)))


def parts(node: Node) -> tuple[Node, ...]:
    """The clauses inside a clause; none in a comparison."""
    if isinstance(node, All | Some):
        return node.clauses
    if isinstance(node, Not):
        return (node.clause,)
    return (node.then,) if isinstance(node, Known) else ()


def flags_only(node: Node) -> bool:
    """Whether a group says "at least one of these boxes is ticked" and nothing else."""
    return isinstance(node, Some) and all(isinstance(c, Compare) and c.op == "is_true" for c in node.clauses)


def paths(shape: Shape) -> Iterator[tuple[Path, Node]]:
    """Every clause with its path, in reading order."""
    for index, clause in enumerate(shape.clauses):
        yield from _paths((index,), clause)


def _paths(path: Path, node: Node) -> Iterator[tuple[Path, Node]]:
    yield path, node
    for index, clause in enumerate(parts(node)):
        yield from _paths((*path, index), clause)


def _rebuilt(node: Node, path: Path, clauses: tuple[Node, ...]) -> Node:
    if not path:
        return with_parts(node, clauses)
    step, *rest = path
    inner = list(parts(node))
    inner[step] = _rebuilt(inner[step], tuple(rest), clauses)
    return with_parts(node, tuple(inner))


def with_parts(node: Node, clauses: tuple[Node, ...]) -> Node:
    """The same kind of clause around other parts. What excludes one clause excludes any of several.

    ``ValueError`` for a comparison, which has no parts.
    """
    if isinstance(node, All):
        return All(clauses)
    if isinstance(node, Some):
        return Some(clauses)
    inner = clauses[0] if len(clauses) == 1 else Some(clauses)
    if isinstance(node, Known):
        return Known(node.fields, inner)
    if isinstance(node, Not):
        return Not(inner)
    raise ValueError("a comparison has no parts")
