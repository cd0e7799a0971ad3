"""Beginning a group from what another province offers, and laying an original's changes into a group that is here."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.designs import actions
from samoe.programmes.designs.bodies import slug_from
from samoe.programmes.designs.published import promised_by
from samoe.programmes.sharing.cleaning import MOST, to_share
from samoe.programmes.sharing.meetings import Meeting
from samoe.programmes.sharing.merging import laid
from samoe.programmes.sharing.obstacles import obstacles
from samoe.programmes.sharing.offers import Offer
from samoe.programmes.sharing.originals import Update, note, of_offer, original_of
from samoe.targetgroups import group_versions
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.models import GroupVersion
from samoe.tenancy.rows import change

CHANGED_MEANWHILE = "แบบที่นี่หรือต้นแบบเปลี่ยนไปหลังเปิดหน้านี้ ตรวจรายการอีกครั้งแล้วเลือกใหม่"


def adopt(db: Session, actor: Actor, found: Offer) -> Design:
    """Begin a draft from an offer. Its name for the machine is kept where it is free here, so that numbers compare."""
    require(actor, Permission.GROUP_CONFIGURE)
    if found.own:
        raise Problem("แบบนี้เป็นของจังหวัดเราเอง เริ่มฉบับใหม่จากหน้าของกลุ่มแทน")
    if len(json.dumps(found.body, ensure_ascii=False)) > MOST:
        raise Problem("แบบนี้ยาวเกินกว่าที่จะรับมาได้ แจ้งจังหวัดที่แบ่งปัน")
    slug = slug_from(found.slug, group_versions.taken(db), "group")
    original = of_offer(found)
    note(db, slug, original, "drafted")
    body = {**to_share(found.body), "slug": slug}
    return actions.add(db, actor, slug, body, origin="shared", based_on=original.based_on)


def take(db: Session, actor: Actor, met: Meeting, chosen: Collection[str], seen: str) -> Design:
    """Lay what was chosen into the draft, or into a new one. From then on this version of the original is the base.

    ``Conflict`` if either side has changed since it was shown.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    if met.stamp != seen:
        raise Conflict(CHANGED_MEANWHILE)
    if not chosen:
        raise Problem("ยังไม่ได้เลือกสิ่งใด เลือกอย่างน้อยหนึ่งรายการ หรือกด “ไม่นำฉบับนี้มาใช้”", field="take")
    stuck = obstacles(db, met)
    if refused := [stuck[one].words for one in chosen if one in stuck and stuck[one].blocks]:
        raise Problems(Problem("%(what)s", field="take", what=one) for one in refused)
    before = original_of(db, met.slug)
    draft = actions.revise(db, actor, met.slug)
    # Options that were published here stay, retired: answers go on being read.
    body = promised_by(db, met.slug).whole(laid(met.base, met.theirs.body, draft.body, chosen))
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
