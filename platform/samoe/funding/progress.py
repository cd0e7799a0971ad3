"""What money does to the way of those it is for: asking, entitling and paying are events of their group's path."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.casework.path.moves import happened
from samoe.targetgroups.manifests import manifest_of
from samoe.targetgroups.models import TenantGroup
from samoe.tenancy import current


def reached(db: Session, phase_id: UUID, group_slug: str, event: str, which: ColumnElement[bool], *, on: date) -> int:
    """Tell the path of a group that an event happened to the enrolments that ``which`` selects; how many moved on.

    Those at a stage that does not wait for the event stay where they are.
    """
    manifest = manifest_of(db, group_slug)
    if manifest is None:
        return 0
    group = select(TenantGroup.id).where(TenantGroup.tenant_id == current().tenant_id, TenantGroup.slug == group_slug)
    of_group = and_(Enrolment.phase_id == phase_id, Enrolment.group_id == group.scalar_subquery())
    return len(happened(db, manifest, event, which=and_(of_group, which), on=on))


def these(ids: Collection[UUID]) -> ColumnElement[bool]:
    """The condition "one of these enrolments", as one value however many they are.

    Not a sub-select: where that is thought to give one row, each of 2,000 payments is compared with each case.
    """
    return Enrolment.id == any_(literal(list(ids), ARRAY(Uuid())))
