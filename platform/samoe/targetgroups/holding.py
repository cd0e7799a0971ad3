"""What a tenant keeps of a group: counts only, of rows that no page of this room shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import current

SET_UP = frozenset({
    "tenant_groups", "rule_versions", "group_versions", "phase_groups", "targets", "benefits", "header_mappings",
    "rollup_stock", "rollup_aid", "rollup_aid_months", "rollup_screenings",
})  # fmt: skip
"""What a province has said of a group, and what is counted anew from its data. Everything else is its data."""


def held(db: Session, slug: str) -> dict[str, int]:
    """How many rows of data this tenant keeps of a group, by table; tables without any are left out."""
    g, here = TenantGroup, current().tenant_id
    group_id = db.scalar(select(g.id).where(g.tenant_id == here, g.slug == slug))
    found = {}
    for table, column, value in _holding(group_id, slug):
        number = db.scalar(
            select(func.count()).select_from(table).where(table.c.tenant_id == here, table.c[column] == value)
        )
        if number:
            found[table.name] = number
    return found


def _holding(group_id: object, slug: str) -> Iterator[tuple[Table, str, object]]:
    for name, table in sorted(metadata().tables.items()):
        if name not in SET_UP and "tenant_id" in table.c:
            if "group_id" in table.c:
                if group_id is not None:
                    yield table, "group_id", group_id
            elif "group_slug" in table.c:
                yield table, "group_slug", slug


def answered(db: Session, slug: str, field: str, values: Collection[str]) -> int:
    """How many cases of a group have one of these answers to a question."""
    cases, here = metadata().tables["enrolments"], current().tenant_id
    group = select(TenantGroup.id).where(TenantGroup.tenant_id == here, TenantGroup.slug == slug).scalar_subquery()
    return (
        db.scalar(
            select(func.count())
            .select_from(cases)
            .where(
                cases.c.tenant_id == here, cases.c.group_id == group, cases.c.answers[field].astext.in_(list(values))
            )
        )
        or 0
    )
