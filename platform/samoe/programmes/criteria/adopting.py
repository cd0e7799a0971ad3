"""Criteria from a file: what it says becomes the next version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.criteria import actions
from samoe.programmes.criteria.forms import Picked, PublishForm
from samoe.programmes.criteria.shape import Shape
from samoe.sdk import Node, write_tree
from samoe.sdk.criteria import FromSetting, leaves
from samoe.targetgroups import rule_versions
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria

Said = dict[str, Any]


def said(tree: Node, settings: Mapping[str, Any]) -> Said:
    """What criteria say: the rule as the builder writes it, and the settings that it speaks of."""
    spoken = {leaf.value.slug for leaf in leaves(tree) if isinstance(leaf.value, FromSetting)}
    kept = {slug: settings[slug] for slug in sorted(spoken) if settings.get(slug) is not None}
    return {**({"settings": kept} if kept else {}), "tree": write_tree(Shape.of(tree).tree)}


def adopt(
    db: Session, actor: Actor, group: EnabledGroup, tree: Node, settings: Mapping[str, Any],
    effective_on: date | None, reason: str | None, *, stands: bool = False,
) -> tuple[Criteria, PublishForm] | None:  # fmt: skip
    """The draft to be published, and how; None where what is said is in force already on the day that is named.

    A change must say why, unless it ``stands`` in a file under a day of its own.
    """
    require(actor, Permission.CRITERIA_PUBLISH)
    day = clock.today()
    now = rule_versions.in_force(db, group.slug, max(effective_on or date.min, day))
    if now is not None and said(now.tree, now.settings) == said(tree, settings):
        return None
    if rule_versions.draft(db, group.slug) is not None:
        raise Conflict("มีผู้กำลังแก้ร่างเกณฑ์ของกลุ่มนี้ ประกาศใช้หรือทิ้งร่างก่อน")
    own = [one for one in rule_versions.versions(db, group.slug) if one.number > 1]
    if own and not stands and (not reason or reason == own[0].reason):
        raise Problem("เขียนเหตุผลของเกณฑ์ฉบับใหม่ใน criteria.toml เหตุผลเดิมเป็นของฉบับที่ %(n)s", n=own[0].number)
    draft = actions.start_draft(db, actor, group, day)
    picked = Picked(Shape.of(tree), {**draft.settings, **settings})
    saved = actions.save_draft(db, actor, group, picked, draft.row_version)
    return saved, PublishForm(effective_on or (day if own else None), reason)
