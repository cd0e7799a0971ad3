"""Versions of target groups in a tenant: reading them, and the two ways in which one comes to be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.targetgroups.discovery import assemble, catalogue, modules
from samoe.targetgroups.manifests import forget
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy import current

SHIPPED_ONLY = ("demo", "version")
"""What a module says for itself alone: made-up people, and its own numbering."""


@dataclass(frozen=True, slots=True)
class Design:
    """One version, draft or published, as pages show it."""

    id: UUID
    slug: str
    number: int
    state: str
    body: Mapping[str, Any]
    origin: str
    shipped: int | None
    based_on: Mapping[str, Any] | None
    effective_on: date | None
    published_at: datetime | None
    reason: str | None
    recorded_at: datetime
    row_version: int

    @property
    def draft(self) -> bool:
        return self.state == "draft"


def _select() -> Select[Any]:
    v = GroupVersion
    return select(
        v.id, v.slug, v.number, v.state, v.body, v.origin, v.shipped, v.based_on, v.effective_on, v.published_at,
        v.reason, v.recorded_at, v.row_version,
    ).where(v.tenant_id == current().tenant_id)  # fmt: skip


def design(db: Session, version_id: UUID) -> Design:
    """One version by its id, or ``NotFound``."""
    row = db.execute(_select().where(GroupVersion.id == version_id)).one_or_none()
    if row is None:
        raise NotFound("ไม่พบแบบกลุ่มเป้าหมายนี้ อาจมีผู้ประกาศใช้หรือทิ้งร่างไปแล้ว")
    return Design(*row)


def drafts(db: Session) -> list[Design]:
    """Every draft, the latest worked on first."""
    return [Design(*row) for row in db.execute(
        _select().where(GroupVersion.state == "draft").order_by(GroupVersion.recorded_at.desc())
    )]  # fmt: skip


def taken(db: Session) -> list[str]:
    """The slugs that a new group here cannot have: those shipped, and every one that has or had a version here."""
    here = db.scalars(select(GroupVersion.slug).where(GroupVersion.tenant_id == current().tenant_id).distinct())
    return [*catalogue(), *here]


def draft_of(db: Session, slug: str) -> Design | None:
    """The draft of a group, if there is one."""
    row = db.execute(_select().where(GroupVersion.slug == slug, GroupVersion.state == "draft")).one_or_none()
    return Design(*row) if row else None


def versions(db: Session, slug: str) -> list[Design]:
    """Every version of a group, the newest first."""
    return [
        Design(*row)
        for row in db.execute(_select().where(GroupVersion.slug == slug).order_by(GroupVersion.number.desc()))
    ]


def rewritten(db: Session, slug: str, body: Mapping[str, Any]) -> list[str]:
    """The questions that criteria in use read and that this body would give another meaning, after a screening in a
    phase that is open. The database says which, and refuses to publish (0042_no_way_around.sql)."""
    return sorted(db.scalars(select(func.rewritten_under_criteria(slug, cast(body, JSONB)))))


def shipped_body(slug: str) -> dict[str, Any] | None:
    """What an installed module says of its group, as a version's body; None where no module of that name is."""
    module = next((one for one in modules() if one.manifest.slug == slug), None)
    if module is None:
        return None
    return {key: value for key, value in assemble(module.folder).items() if key not in SHIPPED_ONLY}


def keep_shipped(db: Session, slug: str, by: UUID | None) -> Design | None:
    """Write down a module's manifest as it is installed, so that what was made under it can always be read.

    Nothing is done where this tenant has versions already, or where no module of that name is installed.
    """
    known = versions(db, slug)
    if known:
        return known[0]
    module = next((one for one in modules() if one.manifest.slug == slug), None)
    body = shipped_body(slug)
    if module is None or body is None:
        return None
    row = GroupVersion(
        slug=slug, number=module.manifest.version, state="published", body=body, origin="module",
        shipped=module.manifest.version, published_at=func.now(), published_by=by,
    )  # fmt: skip
    db.add(row)
    db.flush()
    forget(db)
    return versions(db, slug)[0]
