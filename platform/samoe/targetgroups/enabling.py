"""Which target groups are on. Every page, job and command asks ``enabled``; nothing else decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, outerjoin, select, text, true
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import NotFound, Problem
from samoe.sdk import Manifest, TargetGroup
from samoe.targetgroups.discovery import canonical, hooks_of
from samoe.targetgroups.manifests import everywhere, in_force, manifests
from samoe.targetgroups.models import GroupVersion, TenantGroup
from samoe.targetgroups.rule_versions import publish_first
from samoe.targetgroups.tuning import checked
from samoe.tenancy import current
from samoe.tenancy.rows import change

HIGHEST_BIT = 62
_ONE_AT_A_TIME = text("select pg_advisory_xact_lock(hashtext('tenant_groups'), :tenant)")
_ROW = TenantGroup.__table__.c
_VERSION = GroupVersion.__table__.c
_LATEST = (
    select(_VERSION.id, _VERSION.number, _VERSION.shipped)
    .where(
        _VERSION.tenant_id == bindparam("tenant"), _VERSION.slug == _ROW.slug, _VERSION.state == "published",
        or_(_VERSION.effective_on.is_(None), _VERSION.effective_on <= bindparam("today")),
    )
    .order_by(_VERSION.effective_on.desc().nulls_last(), _VERSION.number.desc())
    .limit(1)
    .lateral("latest")
)  # fmt: skip
"""The version in force of each group, in the one question that every request asks."""
_KEPT = (
    select(
        _ROW.id, _ROW.slug, _ROW.bit, _ROW.settings, _ROW.enabled_at, _ROW.row_version,
        _LATEST.c.id.label("version_id"), _LATEST.c.number, _LATEST.c.shipped,
    )
    .select_from(outerjoin(TenantGroup.__table__, _LATEST, true()))
    .where(_ROW.tenant_id == bindparam("tenant"), _ROW.removed_at.is_(None))
)  # fmt: skip
_ENABLED = _KEPT.where(_ROW.enabled)
_ON = select(_ROW.tenant_id, _ROW.slug).where(_ROW.enabled)


@dataclass(frozen=True, slots=True)
class EnabledGroup:
    """A target group that is on in this tenant: what it is, and how the province has tuned it.

    ``given`` are the settings that the province set; ``settings`` are the ones in force, defaults included.
    ``bit`` is for life: rows of cases carry ``mask``.
    """

    id: UUID
    slug: str
    bit: int
    manifest: Manifest
    given: Mapping[str, Any]
    enabled_at: datetime
    row_version: int
    version_id: UUID | None = None

    def hooks(self) -> TargetGroup:
        """The group's own Python, or the defaults."""
        return hooks_of(self.manifest)

    @property
    def mask(self) -> int:
        return 1 << self.bit

    @property
    def settings(self) -> dict[str, Any]:
        return self.manifest.values(self.given)


def enabled(db: Session) -> tuple[EnabledGroup, ...]:
    """The groups that are on in the current tenant and that the current scope may reach, in the order of pages.

    A group whose module is not installed here and that was not made here is off, whatever its row says.
    """
    return _groups(db, _ENABLED)


def kept(db: Session) -> tuple[EnabledGroup, ...]:
    """Every group that this tenant has had on, those that are off now included.

    Only for what the law asks of data that are kept (their retention, their record, the file of whom they are about),
    and for what must not be lost with a phase that closes.
    """
    return _groups(db, _KEPT)


def _groups(db: Session, which: Select[*tuple[Any, ...]]) -> tuple[EnabledGroup, ...]:
    rows = db.execute(which, {"tenant": current().tenant_id, "today": clock.today()}).all()
    mask = current().group_mask
    found = [
        EnabledGroup(
            row.id, row.slug, row.bit, group.manifest, row.settings, row.enabled_at, row.row_version, group.version_id
        )
        for row in rows
        if mask & (1 << row.bit)
        and (group := in_force(db, row.slug, row.version_id, row.number, row.shipped)) is not None
    ]
    return tuple(sorted(found, key=lambda group: (group.manifest.order, group.slug)))


def on_by_tenant(db: Session) -> dict[int, frozenset[str]]:
    """The slugs of the groups that are on, by tenant, in all tenants that the session may read: for those who look at
    several provinces, or at more than their own reach."""
    installed = everywhere(db)
    found: dict[int, set[str]] = {}
    for tenant_id, slug in db.execute(_ON):
        if slug in installed:
            found.setdefault(tenant_id, set()).add(slug)
    return {tenant_id: frozenset(slugs) for tenant_id, slugs in found.items()}


def group_or_404(db: Session, slug: str) -> EnabledGroup:
    """The group with this slug (``-`` and ``_`` alike). One that is off, out of reach or unknown is ``NotFound``."""
    return one_of(enabled(db), slug)


def one_of(groups: Iterable[EnabledGroup], slug: str) -> EnabledGroup:
    """As ``group_or_404``, where all that are on are at hand."""
    wanted = canonical(slug)
    for group in groups:
        if group.slug == wanted:
            return group
    raise NotFound("ไม่พบกลุ่มเป้าหมายนี้ อาจยังไม่เปิดใช้ หรืออยู่นอกกลุ่มที่คุณดูแล")


def enable(db: Session, actor: Actor, slug: str, settings: Mapping[str, Any] | None = None) -> EnabledGroup:
    """Switch a group on. One that was on before gets its bit, its settings and its data back.

    Its criteria, as shipped, are published as the first version, in force from the beginning.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    slug = canonical(slug)
    found = manifests(db).get(slug)
    if found is None:
        raise NotFound("ไม่มีกลุ่มเป้าหมายนี้ในระบบ")
    manifest = found.manifest
    alone(db)
    row = row_of(db, slug)
    refuse_removed(row)
    if row is None:
        given = checked(manifest, settings or {})
        row = TenantGroup(
            slug=slug, bit=_next_bit(db), version=manifest.version, settings=given, enabled_by=actor.membership_id
        )
        db.add(row)
        db.flush()
        audit.record(db, actor, "enabled", "target_group", slug, bit=row.bit)
        publish_first(db, row, manifest, manifest.values(given), actor.membership_id)
    elif not row.enabled:
        change(
            db, TenantGroup, row.id, row.row_version, enabled=True, version=manifest.version,
            enabled_at=func.now(), enabled_by=actor.membership_id,
        )  # fmt: skip
        audit.record(db, actor, "enabled", "target_group", slug, bit=row.bit)
    db.flush()
    return group_or_404(db, slug)


def disable(db: Session, actor: Actor, slug: str) -> None:
    """Switch a group off. Its pages answer 404; its data stay as they are."""
    require(actor, Permission.GROUP_CONFIGURE)
    group = group_or_404(db, slug)
    change(db, TenantGroup, group.id, group.row_version, enabled=False)
    audit.record(db, actor, "disabled", "target_group", group.slug)


def update_settings(
    db: Session, actor: Actor, slug: str, values: Mapping[str, Any], seen: int | None = None
) -> dict[str, Any]:
    """Change some settings of a group and keep the rest; which of them changed, with their new values.

    A published version of criteria keeps the settings it was published with.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    group = group_or_404(db, slug)
    wanted = checked(group.manifest, values)
    changed = {key: value for key, value in wanted.items() if group.settings[key] != value}
    if changed:
        version = group.row_version if seen is None else seen
        change(db, TenantGroup, group.id, version, settings={**group.given, **changed})
        audit.record(db, actor, "tuned", "target_group", group.slug, settings=sorted(changed))
    return changed


def alone(db: Session) -> None:
    """Let nobody else switch a group on, or take one away, till the end of the transaction."""
    db.execute(_ONE_AT_A_TIME, {"tenant": current().tenant_id})


def never_on(db: Session, slug: str, version: int) -> TenantGroup:
    """A row for a group that was published here and was never on."""
    row = TenantGroup(slug=slug, bit=_next_bit(db), version=version, enabled=False)
    db.add(row)
    db.flush()
    return row


def refuse_removed(row: TenantGroup | None) -> None:
    """A group that was taken away does not come back, nor another one under its name."""
    if row is not None and row.removed_at is not None:
        raise Problem("จังหวัดเอากลุ่ม %(slug)s ออกไปแล้ว ใช้ชื่อนี้อีกไม่ได้ ตั้งชื่ออื่น", slug=row.slug)


def row_of(db: Session, slug: str) -> TenantGroup | None:
    """The row of a group that is or was on."""
    return db.scalar(select(TenantGroup).where(TenantGroup.tenant_id == current().tenant_id, TenantGroup.slug == slug))


def _next_bit(db: Session) -> int:
    highest = db.scalar(select(func.max(TenantGroup.bit)).where(TenantGroup.tenant_id == current().tenant_id))
    bit = 0 if highest is None else highest + 1
    if bit > HIGHEST_BIT:
        raise Problem("จังหวัดนี้เคยเปิดใช้กลุ่มเป้าหมายครบ %(most)s กลุ่มแล้ว เปิดเพิ่มไม่ได้", most=HIGHEST_BIT + 1)
    return bit
