"""A rule over answers that were read beforehand, each into a column of its own type.

Reading an answer out of a document costs more than comparing it. Where several rules are asked of the same people, the
answers are read once (``reading``) and every comparison is made of the columns (``over``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from samoe.sdk import Field, Node
from samoe.targetgroups.criteria.circumstances import Circumstances
from samoe.targetgroups.criteria.sql import Compiler


def reading(slug: str, under: Circumstances, answers: Any) -> ColumnElement[Any]:
    """An answer in its own type; NULL when absent or of another."""
    return Compiler(under, answers, None).typed(under.manifest.field(slug))


def over(
    node: Node, under: Circumstances, columns: Mapping[str, Any], birth_date: Any | None = None
) -> ColumnElement[bool]:
    """As ``expression``, of columns that ``reading`` made, by field."""
    return _OfColumns(under, columns, birth_date).node(node)


class _OfColumns(Compiler):
    def __init__(self, under: Circumstances, columns: Mapping[str, Any], birth_date: Any | None) -> None:
        super().__init__(under, None, birth_date)
        self.columns = columns

    def typed(self, field: Field) -> ColumnElement[Any]:
        column: ColumnElement[Any] = self.columns[field.slug]
        return column
