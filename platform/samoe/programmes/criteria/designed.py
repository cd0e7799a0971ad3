"""The criteria that a design speaks of, beside those that a group is screened by.

A group's criteria come into force with its first version and are published on their own from then on. What a later
design says of them waits until somebody drafts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.kit.problem import Conflict
from samoe.programmes.criteria import actions
from samoe.programmes.criteria.adopting import said
from samoe.programmes.criteria.forms import Picked
from samoe.programmes.criteria.shape import Shape
from samoe.programmes.designs.bodies import Body, items, with_criteria
from samoe.sdk.criteria import FromSetting, leaves
from samoe.sdk.money import baht_of
from samoe.sdk.trees import TreeError, read_tree
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.rule_versions import Criteria

NONE_WAITING = "ไม่มีเกณฑ์ในแบบที่รอร่าง อาจมีผู้ร่างหรือประกาศใช้ไปแล้ว"


def as_in_force(body: Mapping[str, Any], version: Criteria | None) -> Body:
    """The body with the rule of this version and the settings that it speaks of, in the body's own words where it says
    the same."""
    if version is None:
        return dict(body)
    now = said(version.tree, version.settings)
    before = _rule(body)
    made = dict(body) if before is not None and before["tree"] == now["tree"] else with_criteria(body, now["tree"])
    values = now.get("settings", {})
    if values:
        made["settings"] = [_set(one, values) for one in items(body, "settings")]
    return made


def newer_than(designs: Sequence[Design], criteria: Iterable[Criteria]) -> bool:
    """Whether the first of these designs (the newest first) says criteria of its own that nobody has drafted yet: a
    design changed what was said before, and no criteria have been worked on since."""
    if not designs or (wanted := _rule(designs[0].body)) is None:
        return False
    changed = None
    for after, before in pairwise(designs):
        if _rule(before.body) != wanted:
            changed = after
            break
    if changed is None:
        return False
    days = [one.published_at for one in criteria if one.published_at is not None]
    return changed.published_at is None or not days or max(days) < changed.published_at


def waiting(db: Session, group: EnabledGroup) -> bool:
    """Whether the design in force says criteria that wait to be drafted."""
    known = rule_versions.versions(db, group.slug)
    if group.manifest.criteria is None or any(one.state == "draft" for one in known):
        return False
    designs = [one for one in group_versions.versions(db, group.slug) if not one.draft]
    return newer_than([one for one in designs if one.number <= group.manifest.version], known)


def draft_from_design(db: Session, actor: Actor, group: EnabledGroup, today: date) -> Criteria:
    """Begin a draft that says what the design in force says. ``Conflict`` where nothing of it waits."""
    rule = group.manifest.criteria
    if rule is None or not waiting(db, group):
        raise Conflict(NONE_WAITING)
    draft = actions.start_draft(db, actor, group, today)
    spoken = said(rule.tree, group.manifest.values({})).get("settings", {})
    picked = Picked(Shape.of(rule.tree), {**draft.settings, **spoken})
    return actions.save_draft(db, actor, group, picked, draft.row_version)


def _rule(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a body says of its criteria, however it is written; None where it says none, or nothing that can be read."""
    rule = next((one for one in items(body, "rules") if one.get("slug") == "criteria"), None)
    try:
        tree = read_tree(rule["tree"]) if rule is not None else None
    except (TreeError, KeyError):
        return None
    if tree is None:
        return None
    spoken = {leaf.value.slug for leaf in leaves(tree) if isinstance(leaf.value, FromSetting)}
    kept = {one.get("slug"): one.get("default") for one in items(body, "settings") if one.get("slug") in spoken}
    return {"tree": said(tree, {})["tree"], "settings": kept}


def _set(setting: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    slug = str(setting.get("slug"))
    if slug not in values:
        return dict(setting)
    value, money = values[slug], setting.get("type") == "money"
    return {**setting, "default": baht_of(value) if money and isinstance(value, int) else value}
