"""Versions of a group's criteria: which one is in force on a day, and the first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from samoe.sdk import Manifest, Node, read_tree, write_tree
from samoe.targetgroups.models import RuleVersion, TenantGroup
from samoe.tenancy import current


@dataclass(frozen=True)
class Criteria:
    """One version of a group's criteria, with the settings that it was made with."""

    id: UUID
    group_slug: str
    number: int
    state: str
    rule: Mapping[str, Any]
    settings: Mapping[str, Any]
    effective_on: date | None
    published_at: datetime | None
    published_by: UUID | None
    reason: str | None
    resolution_id: UUID | None
    recorded_at: datetime
    row_version: int

    @cached_property
    def tree(self) -> Node:
        return read_tree(self.rule)


def _select(slug: str) -> Select[Any]:
    v = RuleVersion
    return select(
        v.id, v.group_slug, v.number, v.state, v.rule, v.settings, v.effective_on, v.published_at, v.published_by,
        v.reason, v.resolution_id, v.recorded_at, v.row_version,
    ).where(v.tenant_id == current().tenant_id, v.group_slug == slug)  # fmt: skip


def in_force(db: Session, slug: str, on: date) -> Criteria | None:
    """The published version that people are screened by on a day: the latest that has come into effect."""
    v = RuleVersion
    wanted = (
        _select(slug)
        .where(v.state == "published", or_(v.effective_on.is_(None), v.effective_on <= on))
        .order_by(v.effective_on.desc().nulls_last(), v.number.desc())
        .limit(1)
    )
    row = db.execute(wanted).one_or_none()
    return Criteria(*row) if row else None


def version(db: Session, slug: str, number: int) -> Criteria | None:
    """One version by its number."""
    row = db.execute(_select(slug).where(RuleVersion.number == number)).one_or_none()
    return Criteria(*row) if row else None


def draft(db: Session, slug: str) -> Criteria | None:
    """The version being worked on, if there is one."""
    row = db.execute(_select(slug).where(RuleVersion.state == "draft")).one_or_none()
    return Criteria(*row) if row else None


def drafted(db: Session) -> frozenset[str]:
    """The groups whose criteria somebody is working on."""
    v = RuleVersion
    return frozenset(db.scalars(select(v.group_slug).where(v.tenant_id == current().tenant_id, v.state == "draft")))


def versions(db: Session, slug: str) -> tuple[Criteria, ...]:
    """Every version, the newest first."""
    return tuple(Criteria(*row) for row in db.execute(_select(slug).order_by(RuleVersion.number.desc())))


def publish_first(
    db: Session, group: TenantGroup, manifest: Manifest, settings: Mapping[str, Any], by: UUID | None
) -> None:
    """The criteria as shipped become version 1, in force from the beginning, where the group has criteria."""
    if manifest.criteria is None:
        return
    first = RuleVersion(
        group_id=group.id, group_slug=group.slug, number=1, state="published", settings=dict(settings),
        rule=write_tree(manifest.criteria.tree), published_at=func.now(), published_by=by,
    )  # fmt: skip
    db.add(first)
