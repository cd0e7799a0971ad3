"""An original and a group that is here, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from samoe.kit import clock
from samoe.kit.problem import Problem
from samoe.programmes.criteria.designed import as_in_force, newer_than
from samoe.programmes.designs import actions
from samoe.programmes.sharing.merging import Unit, units
from samoe.programmes.sharing.offers import Offer
from samoe.programmes.sharing.originals import SHIPPED, Original, Update, of_offer, original_of
from samoe.targetgroups import group_versions, rule_versions


@dataclass(frozen=True, slots=True)
class Meeting:
    """An original and a group that is here, side by side."""

    slug: str
    base: Mapping[str, Any]
    theirs: Original
    mine: Mapping[str, Any]

    @property
    def units(self) -> list[Unit]:
        return units(self.base, self.theirs.body, self.mine)

    @property
    def stamp(self) -> str:
        """Tells whether either side has changed since a page was shown."""
        return actions.stamp([self.base, self.theirs.based_on, self.theirs.body, self.mine])


def meeting(db: Session, update: Update) -> Meeting:
    """The original's changes beside the newest that stands here, the draft if there is one."""
    return Meeting(update.slug, update.base.body, update.theirs, _mine(db, update.slug))


def meeting_of(db: Session, slug: str, found: Offer) -> Meeting:
    """An offer beside a group that is here. What both were begun from, where that is known, tells who changed what."""
    mine = _mine(db, slug)
    if mine.get("subject") != found.body.get("subject"):
        raise Problem("แบบนี้กับกลุ่มที่เลือกไม่ได้ดูแลสิ่งเดียวกัน กลุ่มหนึ่งดูแลรายคน อีกกลุ่มดูแลรายแห่ง จึงรวมกันไม่ได้")
    base = original_of(db, slug)
    theirs = of_offer(found)
    same = base is not None and (base.tenant_id, base.slug) in {(theirs.tenant_id, theirs.slug), (SHIPPED, theirs.slug)}
    known = {key: value for key, value in base.body.items() if key != "python"} if base and same else {}
    return Meeting(slug, known, theirs, mine)


def _mine(db: Session, slug: str) -> Mapping[str, Any]:
    """The newest that stands here, with the criteria that are worked on or in force, unless it says newer ones."""
    known = group_versions.versions(db, slug)
    criteria = rule_versions.draft(db, slug) or rule_versions.in_force(db, slug, clock.today())
    if not known:
        kept = group_versions.shipped_body(slug)
        if kept is None:
            raise Problem("ไม่พบกลุ่มเป้าหมายนี้ อาจยังไม่เปิดใช้ หรืออยู่นอกกลุ่มที่คุณดูแล")
        return as_in_force(kept, criteria)
    if newer_than(known, rule_versions.versions(db, slug)):
        return known[0].body
    return as_in_force(known[0].body, criteria)
