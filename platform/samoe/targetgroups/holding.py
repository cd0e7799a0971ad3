"""What a tenant keeps of a group: counts only, of rows that no page of this room shows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.db.models import metadata
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import current


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
