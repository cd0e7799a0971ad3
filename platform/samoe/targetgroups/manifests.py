"""What each target group is in a tenant: the province's own version in force, else the module as shipped.

Published versions never change, so what was parsed of one is kept for the life of the process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from samoe.kit import clock
from samoe.sdk import Manifest, TargetGroup, parse
from samoe.targetgroups.discovery import catalogue, hooks_of
from samoe.targetgroups.models import GroupVersion, TenantGroup
from samoe.tenancy import current
from samoe.tenancy.session import working

KEPT, EVERYWHERE, PROVINCES = "samoe_manifests", "samoe_manifests_everywhere", "samoe_manifests_of_provinces"
COMPARED = "samoe_compared"
"""Where a session keeps what it found: one question a request, however many ask."""

STANDS = ~exists().where(
    TenantGroup.tenant_id == GroupVersion.tenant_id, TenantGroup.slug == GroupVersion.slug,
    TenantGroup.removed_at.is_not(None),
)  # fmt: skip
"""Of a group that was taken away no version is in force."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The manifest of a group on a day. ``version_id`` is None for a module that nobody here has touched.

    ``manifest.version`` is the number of the version in this tenant: rows are pinned to it.
    """

    manifest: Manifest
    version_id: UUID | None = None

    def hooks(self) -> TargetGroup:
        """The group's own Python: only what is shipped under the same name may bring any."""
        return hooks_of(self.manifest)


def manifests(db: Session, on: date | None = None) -> Mapping[str, InForce]:
    """Every group that this tenant may have, by slug: shipped ones, and those made or changed here."""
    day, tenant_id = on or clock.today(), current().tenant_id
    kept: dict[tuple[int, date], list[Any]] = db.info.setdefault(KEPT, {})
    if (tenant_id, day) not in kept:
        kept[tenant_id, day] = _versions(db, tenant_id, day)
    found = {slug: InForce(manifest) for slug, manifest in catalogue().items()}
    for row in kept[tenant_id, day]:
        if (taken := in_force(db, row.slug, row.id, row.number, row.shipped)) is not None:
            found[row.slug] = taken
    return found


def in_force(db: Session, slug: str, version_id: UUID | None, number: int, shipped: int | None) -> InForce | None:
    """The group as its latest version in the current tenant says, or as shipped where there is none (no id). None for
    a group whose module is not installed here and that was not made here."""
    installed = catalogue().get(slug)
    if version_id is None or (shipped is not None and installed is None):
        return InForce(installed) if installed is not None else None
    if shipped is not None and installed is not None and installed.version == shipped:
        return InForce(installed if number == shipped else replace(installed, version=number), version_id)
    # Made here, or a module that has moved on: until somebody here takes its new version, what was taken stays.
    return InForce(parsed(db, current().tenant_id, version_id, number), version_id)


def manifest_of(db: Session, slug: str) -> Manifest | None:
    """The manifest in force of one group, on or off."""
    found = manifests(db).get(slug)
    return found.manifest if found else None


def known(slug: str) -> Manifest | None:
    """As ``manifest_of``, in the transaction under way: for words on pages of any room.

    The fund reads the groups of all provinces: outside one province's books, the latest of that name speaks.
    """
    db = working()
    if db is None:
        return catalogue().get(slug)
    if (found := manifest_of(db, slug)) is not None or not current().national:
        return found
    return everywhere(db).get(slug)


def everywhere(db: Session) -> Mapping[str, Manifest]:
    """Every group that is shipped or published in any province that this session may read, by slug.

    Two provinces may call different groups by one slug; the latest published speaks for the name only. Numbers of
    provinces are compared by indicator contract, never by slug alone.
    """
    v = GroupVersion
    if EVERYWHERE not in db.info:
        db.info[EVERYWHERE] = db.execute(
            select(v.tenant_id, v.id, v.number)
            .ext(distinct_on(v.slug))
            .where(v.state == "published", STANDS)
            .order_by(v.slug, v.published_at.desc(), v.number.desc())
        ).all()
    made = [parsed(db, row.tenant_id, row.id, row.number) for row in db.info[EVERYWHERE]]
    return {**{manifest.slug: manifest for manifest in made}, **catalogue()}


def forget(db: Session) -> None:
    """Look again: something was published in this transaction."""
    db.info.pop(KEPT, None)
    db.info.pop(EVERYWHERE, None)
    db.info.pop(PROVINCES, None)
    db.info.pop(COMPARED, None)


def pinned(db: Session, slug: str, number: int) -> Manifest | None:
    """The version that a record was made under; None where it was shipped and is no longer kept."""
    v = GroupVersion
    row = db.execute(
        select(v.id, v.number).where(
            v.tenant_id == current().tenant_id, v.slug == slug, v.number == number, v.state == "published"
        )
    ).one_or_none()
    if row is not None:
        return parsed(db, current().tenant_id, row.id, row.number)
    shipped = catalogue().get(slug)
    return shipped if shipped is not None and shipped.version == number else None


def published(db: Session, slug: str) -> list[Manifest]:
    """Every version of a group that was ever published in this tenant, the newest first."""
    v = GroupVersion
    rows = db.execute(
        select(v.id, v.number)
        .where(v.tenant_id == current().tenant_id, v.slug == slug, v.state == "published")
        .order_by(v.number.desc())
    )
    return [parsed(db, current().tenant_id, row.id, row.number) for row in rows]


def _versions(db: Session, tenant_id: int, on: date) -> list[Any]:
    """The version in force of each group that has versions here."""
    v = GroupVersion
    return list(
        db.execute(
            select(v.id, v.slug, v.number, v.shipped)
            .ext(distinct_on(v.slug))
            .where(
                v.tenant_id == tenant_id,
                v.state == "published",
                or_(v.effective_on.is_(None), v.effective_on <= on),
                STANDS,
            )
            .order_by(v.slug, v.effective_on.desc().nulls_last(), v.number.desc())
        )
    )


_VERSIONS: dict[tuple[int, UUID], Manifest] = {}
"""Parsed versions by tenant and id; beyond ``MOST`` the oldest goes."""
MOST = 1000


def parsed(db: Session, tenant_id: int, version_id: UUID, number: int) -> Manifest:
    """A published version that this session may read."""
    found = _VERSIONS.get((tenant_id, version_id))
    if found is None:
        body = db.scalar(
            select(GroupVersion.body).where(GroupVersion.tenant_id == tenant_id, GroupVersion.id == version_id)
        )
        found = as_manifest(body or {}, number)
        if len(_VERSIONS) >= MOST:
            _VERSIONS.pop(next(iter(_VERSIONS)), None)
        _VERSIONS[tenant_id, version_id] = found
    return found


def as_manifest(body: Mapping[str, Any], number: int) -> Manifest:
    """The manifest of a version's body. Raises ``ManifestError`` with every fault."""
    return replace(parse({**body, "version": number}), version=number)
