"""A design from a file: what it says becomes the next published version, or the draft."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem
from samoe.programmes.designs import actions
from samoe.programmes.designs.bodies import Body
from samoe.programmes.designs.forms import PublishForm
from samoe.programmes.versions import DESIGNS
from samoe.sdk import Manifest
from samoe.sdk.writing import write_manifest
from samoe.targetgroups import group_versions
from samoe.targetgroups.enabling import refuse_removed, row_of
from samoe.targetgroups.group_versions import SHIPPED_ONLY, Design
from samoe.targetgroups.manifests import manifests
from samoe.targetgroups.models import GroupVersion


def body_of(manifest: Manifest) -> Body:
    """The body of a version that says what the manifest says."""
    return {key: value for key, value in write_manifest(manifest).items() if key not in SHIPPED_ONLY}


def adopt(
    db: Session, actor: Actor, wanted: Manifest, effective_on: date | None, reason: str | None, *, stands: bool = False
) -> None:
    """Publish what a file says of a group, unless that is in force already on the day that the file names.

    The first version of a province's own has the number of the file, and holds from the beginning where the file names
    no day. Any later one takes the next number and must say why, unless it ``stands`` in a file under its own day.
    """
    require(actor, Permission.GROUP_CONFIGURE)
    require(actor, Permission.CRITERIA_PUBLISH)
    refuse_removed(row_of(db, wanted.slug))
    now = manifests(db, max(effective_on or date.min, clock.today())).get(wanted.slug)
    if now is not None and body_of(now.manifest) == body_of(wanted):
        return
    if group_versions.draft_of(db, wanted.slug) is not None:
        raise Conflict("มีผู้กำลังแก้ร่างของกลุ่มนี้ ประกาศใช้หรือทิ้งร่างก่อน")
    group_versions.keep_shipped(db, wanted.slug, actor.membership_id)
    own = [one for one in group_versions.versions(db, wanted.slug) if one.shipped is None]
    if own and not stands and (not reason or reason == own[0].reason):
        raise Problem("เขียนเหตุผลของฉบับใหม่ใน version.toml เหตุผลเดิมเป็นของฉบับที่ %(n)s", n=own[0].number)
    draft = _draft(db, actor, wanted.slug, body_of(wanted), wanted.version)
    day = effective_on or (clock.today() if own else None)
    actions.publish(db, actor, draft, PublishForm(day, reason, enable=False), draft.row_version)


def keep_draft(db: Session, actor: Actor, slug: str, body: Body) -> None:
    """Keep what a file says as the group's draft."""
    require(actor, Permission.GROUP_CONFIGURE)
    refuse_removed(row_of(db, slug))
    known = group_versions.draft_of(db, slug)
    if known is not None:
        actions.save(db, actor, known, body, known.row_version)
    else:
        group_versions.keep_shipped(db, slug, actor.membership_id)
        _draft(db, actor, slug, body, 1)


def _draft(db: Session, actor: Actor, slug: str, body: Body, number: int) -> Design:
    """A draft with this number, or the next one that is free."""
    known = group_versions.versions(db, slug)
    row = GroupVersion(
        slug=slug, number=max(number, DESIGNS.next_number(db, slug)), state="draft", body=body,
        origin="version" if known else "blank",
    )  # fmt: skip
    db.add(row)
    db.flush()
    audit.record(db, actor, "drafted", "group_design", row.id, group=slug, number=row.number)
    return group_versions.design(db, row.id)
