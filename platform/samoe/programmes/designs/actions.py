"""Beginning a design, working on it, and putting it in force."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from samoe import audit
from samoe.i18n import gettext, pick
from samoe.identity import Actor, Permission, require
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.designs import bodies
from samoe.programmes.designs.bodies import Body
from samoe.programmes.designs.faults import judge, of_rule
from samoe.programmes.designs.forms import PublishForm, StartForm, Template
from samoe.programmes.designs.page import under
from samoe.programmes.designs.published import Published, promised_by
from samoe.programmes.sharing import offers, originals
from samoe.programmes.versions import DESIGNS
from samoe.sdk import Manifest
from samoe.targetgroups import enabling, group_versions, rule_versions
from samoe.targetgroups.group_versions import Design
from samoe.targetgroups.manifests import forget
from samoe.targetgroups.models import LARGEST_BODY, GroupVersion
from samoe.tenancy import current
from samoe.tenancy.rows import change

CHANGED_MEANWHILE = "มีผู้แก้แบบนี้ก่อนคุณ สิ่งที่คุณพิมพ์ยังอยู่ ตรวจกับฉบับล่าสุดแล้วบันทึกอีกครั้ง"


def stamp(thing: object) -> str:
    """What a form carries of the thing that it was shown, to tell whether somebody has changed it since."""
    return sha256(json.dumps(thing, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def start(db: Session, actor: Actor, form: StartForm) -> Design:
    """Begin a group that is new here: from a blank page, or with a template: a group of this province, an older version
    of one, or what another province offers."""
    require(actor, Permission.GROUP_CONFIGURE)
    slug = bodies.slug_from(form.name["en"], group_versions.taken(db), "group")
    based_on = None
    if form.template:
        body, based_on = _template(db, actor, form.template, slug)
        body = bodies.begin_from(body, slug, form.name)
    else:
        body = bodies.begin(form.start, slug, form.name)
    return add(db, actor, slug, body, origin="shared" if based_on else "blank", based_on=based_on)


def revise(db: Session, actor: Actor, slug: str, number: int | None = None) -> Design:
    """Begin the next version of a group from the latest, or anew from an older one; the draft there is, if any."""
    require(actor, Permission.GROUP_CONFIGURE)
    if (known := group_versions.draft_of(db, slug)) is not None:
        return known
    group_versions.keep_shipped(db, slug, actor.membership_id)
    published = group_versions.versions(db, slug)
    base = next((one for one in published if number is None or one.number == number), None)
    if base is None:
        raise Problem("ไม่พบฉบับที่จะใช้เป็นต้นแบบ")
    based_on = {"tenant_id": current().tenant_id, "slug": slug, "number": base.number}
    body = promised_by(db, slug).whole(dict(base.body))
    return add(db, actor, slug, body, origin="version", based_on=based_on)


def save(db: Session, actor: Actor, draft: Design, body: Body, seen: int) -> Design:
    """Keep the draft as it now is. ``Conflict`` if somebody else changed it since it was shown."""
    require(actor, Permission.GROUP_CONFIGURE)
    DESIGNS.must_be_draft(draft)
    if draft.row_version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    if len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST_BODY * 9 // 10:
        raise Problem("แบบนี้ใหญ่เกินไป แบ่งเป็นหลายกลุ่ม หรือย่อข้อความ")
    if body != draft.body:
        change(db, GroupVersion, draft.id, seen, body=body, recorded_at=func.now())
    return group_versions.design(db, draft.id)


def discard(db: Session, actor: Actor, draft: Design) -> None:
    """Throw the draft away; what is in force stays."""
    require(actor, Permission.GROUP_CONFIGURE)
    DESIGNS.discard(db, actor, draft, draft.slug)


def publish(db: Session, actor: Actor, draft: Design, form: PublishForm, seen: int) -> Manifest:
    """Put the draft in force from a day on, for good, and switch the group on where it was asked for.

    Refused while the draft has faults, where the criteria in force would not fit it, and for a day before that of the
    version in force.
    """
    require(actor, Permission.CRITERIA_PUBLISH)
    DESIGNS.must_be_draft(draft)
    manifest, faults = judge(dict(draft.body), draft.number)
    if manifest is None:
        raise Problems(fault.problem() for fault in faults)
    if lost := of_rule(manifest, under(db, manifest, clock.today())):
        raise Problems(fault.problem() for fault in lost)
    promised = promised_by(db, draft.slug)
    _refuse_other_answers(promised, draft)
    _refuse_unfit_criteria(db, manifest)
    _refuse_rewriting(db, manifest, draft)
    DESIGNS.publish(db, actor, draft, draft.slug, form, seen)
    originals.taken(db, draft)
    forget(db)
    on = {group.slug for group in enabling.enabled(db)}
    if form.enable and draft.slug not in on:
        enabling.enable(db, actor, draft.slug)
    return manifest


def add(
    db: Session, actor: Actor, slug: str, body: Body, *, origin: str, based_on: Mapping[str, object] | None
) -> Design:
    """Begin a draft with this body."""
    require(actor, Permission.GROUP_CONFIGURE)
    row = GroupVersion(
        slug=slug, number=DESIGNS.next_number(db, slug), state="draft", body=body, origin=origin,
        based_on=dict(based_on) if based_on else None,
    )  # fmt: skip
    db.add(row)
    db.flush()
    audit.record(db, actor, "drafted", "group_design", row.id, group=slug, number=row.number)
    return group_versions.design(db, row.id)


def _template(db: Session, actor: Actor, chosen: Template, slug: str) -> tuple[Body, dict[str, object]]:
    """What a group is begun from, and where that stands."""
    if isinstance(chosen.of, UUID):
        original = originals.of_offer(offers.offer(db, chosen.of))
        originals.note(db, slug, original, "drafted")
        return dict(original.body), original.based_on
    if chosen.number is None:
        group_versions.keep_shipped(db, chosen.of, actor.membership_id)
    kept = next(
        (
            one
            for one in group_versions.versions(db, chosen.of)
            if not one.draft and chosen.number in (None, one.number)
        ),
        None,
    )
    if kept is None:
        raise Problem("ไม่พบต้นแบบนี้", field="begin")
    return dict(kept.body), {"tenant_id": current().tenant_id, "slug": kept.slug, "number": kept.number}


def _refuse_other_answers(promised: Published, draft: Design) -> None:
    for field in bodies.items(draft.body, "fields"):
        for fault in promised.faults(field):
            label = (field.get("label") or {}).get("th", "")
            raise Problem("คำถาม “%(label)s”: %(fault)s", label=label, fault=gettext(fault.message) % fault.params)


def _refuse_unfit_criteria(db: Session, manifest: Manifest) -> None:
    for version in rule_versions.versions(db, manifest.slug):
        if version.state == "withdrawn":
            continue
        for fault in manifest.unfit(version.tree, "criteria"):
            raise Problem(
                "เกณฑ์ฉบับที่ %(n)s ใช้กับแบบนี้ไม่ได้: %(fault)s แก้เกณฑ์ก่อน หรือคงคำถามนั้นไว้",
                n=version.number, fault=str(fault.message),
            )  # fmt: skip


def _refuse_rewriting(db: Session, manifest: Manifest, draft: Design) -> None:
    """After a screening a rule could stay as it is and still take in others, if what it reads were worked out anew."""
    if found := group_versions.rewritten(db, draft.slug, draft.body):
        labels = [f"“{pick(one.label.th, one.label.en)}”" for one in manifest.fields if one.slug in found]
        raise Problem(
            "เกณฑ์ใช้ %(what)s คัดกรองไปแล้ว จึงเปลี่ยนวิธีคิดหรือเงื่อนไขของคำถามนี้ไม่ได้ เพิ่มคำถามใหม่ แล้วเปลี่ยนเกณฑ์พร้อมมติแทน",
            what=", ".join(labels) or ", ".join(found),
        )  # fmt: skip
