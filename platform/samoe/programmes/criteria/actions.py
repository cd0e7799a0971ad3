"""Working on a draft of a group's criteria and publishing it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.i18n import pick
from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria import queries
from samoe.programmes.criteria.buttons import first_clause
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.phases.queries import current_phase
from samoe.programmes.versions import CRITERIA
from samoe.sdk import Manifest, write_tree
from samoe.sdk.criteria import FromSetting, leaves
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import EnabledGroup, update_settings
from samoe.targetgroups.models import RuleVersion
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy.rows import change

NO_DRAFT = "ไม่มีฉบับร่าง อาจมีผู้ประกาศใช้หรือทิ้งไปแล้ว เปิดหน้านี้ใหม่เพื่อดูฉบับล่าสุด"

CHANGED_MEANWHILE = "มีผู้แก้ร่างนี้ก่อนคุณ หน้านี้แสดงร่างล่าสุดแล้ว แก้ต่อจากร่างนี้ได้"


def start_draft(db: Session, actor: Actor, group: EnabledGroup, today: date, anew: Criteria | None = None) -> Criteria:
    """Begin a draft from the version in force (or ``anew`` from another); the one there is, if somebody has begun.

    A draft that is there is not written over by an old version: ``Conflict``.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    if (known := rule_versions.draft(db, group.slug)) is not None:
        if anew is not None:
            raise Conflict("มีฉบับร่างที่กำลังแก้อยู่ ประกาศใช้หรือทิ้งร่างนั้นก่อน แล้วจึงร่างจากฉบับเดิม")
        return known
    base = anew or rule_versions.in_force(db, group.slug, today)
    rule = base.rule if base else write_tree(Shape((first_clause(group.manifest),)).tree)
    settings = group.manifest.values(base.settings) if base else group.settings
    row = RuleVersion(
        group_id=group.id, group_slug=group.slug, number=CRITERIA.next_number(db, group.slug), state="draft",
        rule=dict(rule), settings=settings,
    )  # fmt: skip
    db.add(row)
    db.flush()
    audit.record(db, actor, "drafted", "criteria", row.id, group=group.slug, number=row.number)
    return _draft(db, group)


def save_draft(db: Session, actor: Actor, group: EnabledGroup, picked: Picked, seen: int) -> Criteria:
    """Keep what was picked. ``Conflict`` if somebody else changed the draft since it was shown."""
    require(actor, Permission.GROUP_CONFIGURE)
    draft = _draft(db, group)
    _refuse_unfit(group.manifest, picked)
    rule, settings = write_tree(picked.shape.tree), dict(picked.settings)
    if draft.row_version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    if (rule, settings) != (draft.rule, draft.settings):
        change(db, RuleVersion, draft.id, seen, rule=rule, settings=settings, recorded_at=func.now())
    return _draft(db, group)


def discard_draft(db: Session, actor: Actor, group: EnabledGroup) -> None:
    """Throw the draft away; what is in force stays."""
    require(actor, Permission.GROUP_CONFIGURE)
    CRITERIA.discard(db, actor, _draft(db, group), group.slug)


def publish_draft(db: Session, actor: Actor, group: EnabledGroup, form: PublishForm, seen: int) -> Criteria:
    """Put the draft in force from a day on, for good. The group takes over the settings it speaks of.

    A rule that nobody can meet, or that asks for a value which is not set, is refused. Whether a resolution is needed
    is for ``casework.publishing`` to say.
    """
    require(actor, Permission.CRITERIA_PUBLISH)
    draft = _draft(db, group)
    _refuse_unfit(group.manifest, queries.picked(draft))
    spoken = {leaf.value.slug for leaf in leaves(draft.tree) if isinstance(leaf.value, FromSetting)}
    _refuse_unset(group.manifest, draft, spoken)
    day = form.effective_on or clock.today()
    wrong = queries.found(group, draft, day, current_phase(db, day))
    if any(one.refused for one in wrong):
        raise Problem("ประกาศใช้เกณฑ์ที่ขัดกันเองไม่ได้ แก้ข้อที่ระบุไว้ในร่างก่อน")
    CRITERIA.publish(db, actor, draft, group.slug, form, seen, resolution_id=form.resolution_id)
    update_settings(db, actor, group.slug, {slug: draft.settings[slug] for slug in sorted(spoken)})
    db.flush()
    return next(version for version in _published(db, group) if version.id == draft.id)


def withdraw(db: Session, actor: Actor, group: EnabledGroup, version_id: UUID) -> None:
    """Take a published version out of use; the one before it is in force again. Decisions made stay."""
    require(actor, Permission.CRITERIA_PUBLISH)
    published = _published(db, group)
    version = next((v for v in published if v.id == version_id), None)
    if version is None:
        raise Conflict("ฉบับนี้ไม่ได้ประกาศใช้อยู่แล้ว")
    if len(published) == 1:
        raise Problem("ถอนฉบับเดียวที่มีไม่ได้ ประกาศใช้ฉบับใหม่แทน")
    change(db, RuleVersion, version.id, version.row_version, state="withdrawn")
    audit.record(db, actor, "withdrew", "criteria", version.id, group=group.slug, number=version.number)


def _draft(db: Session, group: EnabledGroup) -> Criteria:
    found = rule_versions.draft(db, group.slug)
    if found is None:
        raise Conflict(NO_DRAFT)
    return found


def _published(db: Session, group: EnabledGroup) -> list[Criteria]:
    return [version for version in rule_versions.versions(db, group.slug) if version.state == "published"]


def _refuse_unfit(manifest: Manifest, picked: Picked) -> None:
    for fault in manifest.unfit(picked.shape.tree, "rule"):
        raise Problem("เกณฑ์นี้ใช้กับกลุ่มเป้าหมายนี้ไม่ได้ (%(fault)s)", fault=fault.message)


def _refuse_unset(manifest: Manifest, draft: Criteria, spoken: Collection[str]) -> None:
    for slug in sorted(spoken):
        if draft.settings.get(slug) is None:
            label = manifest.setting(slug).label
            raise Problem(
                "ยังไม่ได้กำหนดค่า “%(label)s” ที่เกณฑ์ใช้ ทุกคนจะตัดสินไม่ได้ กรอกค่าในร่างก่อน", label=pick(label.th, label.en)
            )
