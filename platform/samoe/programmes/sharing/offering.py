"""Offering a group to the other provinces, taking the offer back, and the fund's mark."""

from __future__ import annotations

import json

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.protection import FUND_TENANT
from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.criteria.designed import as_in_force
from samoe.programmes.designs.bodies import Body
from samoe.programmes.designs.comparing import title_of
from samoe.programmes.models import GroupOffer, GroupRecommendation
from samoe.programmes.sharing.cleaning import MOST, Found, somebodys, to_share
from samoe.programmes.sharing.offers import Offer, offer_of
from samoe.targetgroups import group_versions, rule_versions
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current
from samoe.tenancy.tenants import tenant


def newest(db: Session, slug: str) -> Design | None:
    """The version that would be offered: the newest published here, where it is not as shipped."""
    found = next((one for one in group_versions.versions(db, slug) if not one.draft), None)
    return found if found is not None and found.shipped is None else None


def criteria_now(db: Session, slug: str) -> Criteria | None:
    """The criteria that go along with an offer: those that people are screened by today."""
    return rule_versions.in_force(db, slug, clock.today())


def to_offer(found: Design, criteria: Criteria | None) -> Body:
    """What others would read: the version, with the criteria in force laid into it."""
    return to_share(as_in_force(found.body, criteria))


def offer_group(db: Session, actor: Actor, slug: str, useful_for: str) -> None:
    """Offer the newest published version with the criteria in force. An older offer of the group gives way to it.

    Refused in a rehearsal, for what every province has already, and while something in it looks like somebody's.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    _must_be_real(db)
    found = newest(db, slug)
    if found is None:
        raise Problem("กลุ่มนี้ยังเป็นตามที่มากับระบบ ทุกจังหวัดมีอยู่แล้ว แก้แบบและประกาศใช้ก่อนจึงแบ่งปันได้")
    criteria = criteria_now(db, slug)
    body = to_offer(found, criteria)
    if len(json.dumps(body, ensure_ascii=False)) > MOST:
        raise Problem("แบบนี้ยาวเกินกว่าที่จะแบ่งปันได้ ย่อคำอธิบายหรือเอารายการที่ไม่ใช้ออกก่อน")
    if strays := somebodys(body):
        raise Problems(_told(one) for one in strays)
    _end(db, slug)
    number = _number(db, found, body)
    db.add(GroupOffer(
        slug=slug, number=number, body=body, useful_for=useful_for, offered_by=actor.membership_id,
    ))  # fmt: skip
    db.flush()
    audit.record(
        db, actor, "offered", "group_design", found.id, group=slug, number=number, design=found.number,
        criteria=criteria.number if criteria else None,
    )  # fmt: skip


def withdraw(db: Session, actor: Actor, slug: str) -> None:
    """Take the offer back. Those who have begun from it keep what they have."""
    require(actor, Permission.GROUP_CONFIGURE)
    if not end(db, actor, slug):
        raise Conflict("ไม่ได้แบ่งปันกลุ่มนี้อยู่ อาจมีผู้ถอนไปก่อนแล้ว")


def end(db: Session, actor: Actor, slug: str) -> bool:
    """Take the offer of a group back if there is one; whether there was."""
    require(actor, Permission.GROUP_CONFIGURE)
    live = offer_of(db, current().tenant_id, slug)
    if live is None or not _end(db, slug):
        return False
    audit.record(db, actor, "withdrew", "group_offer", live.id, group=slug, number=live.number)
    return True


def recommend(db: Session, actor: Actor, found: Offer, reason: str) -> None:
    """Mark this version as recommended by the fund; a newer one is another matter."""
    require(actor, Permission.GROUP_RECOMMEND)
    unmark(db, actor, found)
    db.execute(insert(GroupRecommendation).values(
        tenant_id=FUND_TENANT, province=found.tenant_id, slug=found.slug, number=found.number, reason=reason,
        marked_by=actor.membership_id,
    ))  # fmt: skip
    audit.record(
        db, actor, "marked_recommended", "group_offer", found.id, reason=reason, group=found.slug, number=found.number
    )


def unmark(db: Session, actor: Actor, found: Offer) -> None:
    """Take the mark away."""
    require(actor, Permission.GROUP_RECOMMEND)
    r = GroupRecommendation
    db.execute(delete(r).where(
        r.tenant_id == FUND_TENANT, r.province == found.tenant_id, r.slug == found.slug, r.number == found.number
    ))  # fmt: skip
    if found.recommended:
        audit.record(db, actor, "unmarked", "group_offer", found.id, group=found.slug, number=found.number)


def _number(db: Session, found: Design, body: Body) -> int:
    """The number of an offer: that of the version, or the next one where something else was offered under it already.
    What says the same as the last offer keeps its number, and with it the fund's mark."""
    o = GroupOffer
    last = db.execute(
        select(o.number, o.body)
        .where(o.tenant_id == current().tenant_id, o.slug == found.slug)
        .order_by(o.number.desc(), o.recorded_at.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return found.number
    return int(last.number) if last.body == body else max(found.number, last.number + 1)


def _end(db: Session, slug: str) -> bool:
    o = GroupOffer
    ended = db.execute(
        update(o)
        .where(o.tenant_id == current().tenant_id, o.slug == slug, o.withdrawn_at.is_(None))
        .values(withdrawn_at=func.now())
        .returning(o.id)
    )
    return bool(ended.all())


def _must_be_real(db: Session) -> None:
    if tenant(db, current().tenant_id).kind != "province":
        raise Problem("ระบบซ้อมไม่แบ่งปันแบบและไม่รับแบบจากจังหวัดอื่น")


def _told(found: Found) -> Problem:
    return Problem(
        "ใน %(part)s %(thing)s มีข้อความที่อาจเป็นเลขประจำตัว โทรศัพท์ หรืออีเมลของบุคคล: “%(text)s” เอาออกก่อนจึงแบ่งปันได้",
        part=title_of(found.part), thing=found.thing, text=found.text,
    )  # fmt: skip
