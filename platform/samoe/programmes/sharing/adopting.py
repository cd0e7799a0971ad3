"""Beginning a group from what another province offers, and laying an original's changes into a group that is here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.designs import actions
from samoe.programmes.designs.bodies import slug_from
from samoe.programmes.sharing.merging import Unit, laid, units
from samoe.programmes.sharing.offers import Offer
from samoe.programmes.sharing.originals import SHIPPED, Original, Update, note, of_offer, original_of
from samoe.targetgroups import group_versions
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.manifests import manifests
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy.rows import change

CHANGED_MEANWHILE = "แบบที่นี่หรือต้นแบบเปลี่ยนไปหลังเปิดหน้านี้ ตรวจรายการอีกครั้งแล้วเลือกใหม่"


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


def adopt(db: Session, actor: Actor, found: Offer) -> Design:
    """Begin a draft from an offer. Its name for the machine is kept where it is free here, so that numbers compare."""
    require(actor, Permission.GROUP_CONFIGURE)
    if found.own:
        raise Problem("แบบนี้เป็นของจังหวัดเราเอง เริ่มฉบับใหม่จากหน้าของกลุ่มแทน")
    taken = [*manifests(db), *(one.slug for one in group_versions.drafts(db))]
    slug = slug_from(found.slug, taken, "group")
    original = of_offer(found)
    note(db, slug, original, "drafted")
    body = {**found.body, "slug": slug}
    return actions.add(db, actor, slug, body, origin="shared", based_on=original.based_on)


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


def take(db: Session, actor: Actor, met: Meeting, chosen: Collection[str], seen: str) -> Design:
    """Lay what was chosen into the draft, or into a new one. From then on this version of the original is the base.

    ``Conflict`` if either side has changed since it was shown.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    if met.stamp != seen:
        raise Conflict(CHANGED_MEANWHILE)
    if not chosen:
        raise Problem("ยังไม่ได้เลือกสิ่งใด เลือกอย่างน้อยหนึ่งรายการ หรือกด “ไม่นำฉบับนี้มาใช้”", field="take")
    before = original_of(db, met.slug)
    draft = actions.revise(db, actor, met.slug)
    body = laid(met.base, met.theirs.body, draft.body, chosen)
    # A group goes on following the original that it was begun from, whatever else is laid into it.
    follows = before is None or (before.tenant_id, before.slug) == (met.theirs.tenant_id, met.theirs.slug)
    link = met.theirs.based_on if follows else draft.based_on
    if follows:
        note(db, met.slug, met.theirs, "drafted")
    change(db, GroupVersion, draft.id, draft.row_version, body=body, based_on=link, recorded_at=func.now())
    audit.record(
        db, actor, "laid_in", "group_design", draft.id, group=met.slug, original=met.theirs.based_on,
        chosen=sorted(chosen),
    )  # fmt: skip
    return group_versions.design(db, draft.id)


def leave(db: Session, actor: Actor, update: Update) -> None:
    """Remember that this version of the original is not wanted here; the next one is told of again."""
    require(actor, Permission.GROUP_CONFIGURE)
    note(db, update.slug, update.theirs, "left")
    audit.record(db, actor, "left", "group_original", update.slug, original=update.theirs.based_on)


def _mine(db: Session, slug: str) -> Mapping[str, Any]:
    known = group_versions.versions(db, slug)
    if known:
        return known[0].body
    kept = group_versions.shipped_body(slug)
    if kept is None:
        raise Problem("ไม่พบกลุ่มเป้าหมายนี้ อาจยังไม่เปิดใช้ หรืออยู่นอกกลุ่มที่คุณดูแล")
    return kept
