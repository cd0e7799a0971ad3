"""Drafts that may be rehearsed as if they were published: versions of groups, of which some are in no phase yet, and
criteria."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.i18n import pick
from samoe.kit.problem import Problem, Problems
from samoe.programmes.designs.faults import judge
from samoe.programmes.groups.queries import groups_in_phase
from samoe.programmes.phases.queries import PhaseDays
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.models import TenantGroup
from samoe.targetgroups.rule_versions import drafted
from samoe.tenancy import current

FAULTY = "ฉบับร่างของกลุ่ม%(group)s ยังมีข้อที่ต้องแก้ แก้ให้ครบก่อน หรือซ้อมโดยไม่ใช้ฉบับร่าง"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is not published of one group. ``number`` is of the draft of the group itself, where there is one; ``fresh``
    is a group that is not on yet; ``phases`` are the numbers of those that it is in."""

    slug: str
    name: str
    number: int | None
    criteria: bool
    fresh: bool
    phases: tuple[int, ...]


def drafts(db: Session, phases: Collection[PhaseDays]) -> list[Draft]:
    """Every group that has something unpublished, those that are on first, as pages order them."""
    on, rules, off = {group.slug: group for group in enabled(db)}, drafted(db), _off(db)
    designs = {one.slug: one for one in group_versions.drafts(db) if one.slug not in off}
    there = {phase.number: groups_in_phase(db, phase.id) for phase in phases}
    found = []
    for slug in [*on, *(slug for slug in designs if slug not in on)]:
        design = designs.get(slug)
        if design is None and slug not in rules:
            continue
        name = on[slug].manifest.name if slug in on else None
        words = (name.th, name.en) if name else _name(design)
        at = tuple(sorted(number for number, groups in there.items() if slug in groups))
        found.append(Draft(slug, pick(*words), design.number if design else None, slug in rules, slug not in on, at))
    return found


def refuse_faulty(db: Session, slugs: Collection[str]) -> None:
    """Raise ``Problems`` naming what keeps a picked draft from being published, and so from being rehearsed."""
    for slug in slugs:
        if (design := group_versions.draft_of(db, slug)) is not None:
            whole_or_refuse(design)


def whole_or_refuse(design: Design) -> None:
    """Raise ``Problems`` for a draft that has faults."""
    manifest, faults = judge(dict(design.body), design.number)
    if manifest is None:
        told = Problem(FAULTY, field="drafts", group=pick(*_name(design)))
        raise Problems([told, *(Problem("%(what)s", field="drafts", what=fault.message) for fault in faults)])


def _name(design: Design | None) -> tuple[str, str]:
    name = dict(design.body.get("name") or {}) if design else {}
    slug = design.slug if design else ""
    return str(name.get("th") or slug), str(name.get("en") or name.get("th") or slug)


def _off(db: Session) -> frozenset[str]:
    """Groups that were switched off here: off means off, in what may be rehearsed as well."""
    g = TenantGroup
    return frozenset(db.scalars(select(g.slug).where(g.tenant_id == current().tenant_id, ~g.enabled)))
