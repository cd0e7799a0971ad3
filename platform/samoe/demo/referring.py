"""Referrals: sent with consent, taken in, turned down or taken back, and followed up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment, FollowUp, Referral
from samoe.casework.path import actions as path
from samoe.casework.path import referrals
from samoe.demo.choosing import Chosen, cases, spread
from samoe.demo.scene import Part, Scene
from samoe.demo.walking import by_worker
from samoe.identity import Actor
from samoe.registry.consents.actions import record_consent
from samoe.registry.models import Person
from samoe.registry.persons import queries as persons
from samoe.sdk import ReferralKind
from samoe.tenancy import areas, current

SENT, ANSWERED, TURNED_DOWN, TAKEN_BACK = 105, 119, 6, 1
OF_AGE = 18


def refer(scene: Scene, part: Part) -> None:
    """Refer as many as the recipe says, have as many of them taken in, and follow some of those up."""
    manifest, counts = part.group.manifest, {"referred": 0, "accepted": 0}
    for stage, count in part.recipe.stages:
        for event in counts.keys() & set(manifest.stage(stage).on):
            counts[event] += count
    waiting, accepted = counts["referred"], counts["accepted"]
    if not waiting + accepted:
        return
    wanted = accepted + waiting + TURNED_DOWN + TAKEN_BACK
    plan = scene.once(f"referral list of {part.slug}", scene.service(), _plan, scene, part, wanted)
    for role, actor, mine in by_worker(scene, part, plan):
        scene.once(f"referrals of {part.slug} by {role}", actor, _send, scene, part, mine)
    ids = [case for case, _ in plan]
    agency = scene.actor("agency_officer", "province_lead")
    refused = ids[accepted : accepted + TURNED_DOWN]
    scene.once(f"referrals of {part.slug} taken in", agency, _accept, scene, ids[:accepted])
    scene.once(f"referrals of {part.slug} turned down", agency, _reject, scene, refused)
    taken_back = ids[len(ids) - TAKEN_BACK :]
    scene.once(f"referrals of {part.slug} taken back", scene.actor("province_lead"), _revoke, scene, taken_back)
    scene.once(f"follow-ups of {part.slug}", scene.actor("province_officer", "province_lead"), _follow_up, part)


def _plan(db: Session, _actor: Actor, scene: Scene, part: Part, count: int) -> Chosen:
    """Those who can be referred: at a stage before it, with a wish that somebody answers and old enough for it."""
    manifest, day = part.group.manifest, scene.day(SENT)
    to = next(stage.slug for stage in manifest.stages if "referred" in stage.on)
    before = [stage.slug for stage in manifest.stages if to in stage.next and stage.kind == "open"]
    found = cases(db, part, Enrolment.status.in_(before))
    return spread([row for row in found if _kind(part, row.answers, persons.age_of(row.Person, day))], count)


def _kind(part: Part, answers: dict[str, object], age: int | None) -> ReferralKind | None:
    """The kind of referral that a person's answers ask for and their age allows."""
    for kind in part.group.manifest.referrals:
        asked_for = kind.field is None or kind.asked_by(answers)
        if asked_for and (kind.min_age is None or (age is not None and age >= kind.min_age)):
            return kind
    return None


def _send(db: Session, actor: Actor, scene: Scene, part: Part, chosen: Chosen) -> int:
    recipe = part.group.manifest.demo
    receivers = dict(recipe.receivers) if recipe else {}
    for number, (case, district) in enumerate(chosen):
        on = scene.day(SENT + number % 11)
        enrolment = db.get_one(Enrolment, (current().tenant_id, UUID(case)))
        assert enrolment.person_id is not None  # noqa: S101 (only persons were chosen)
        person = persons.get(db, enrolment.person_id)
        age = persons.age_of(person, on)
        kind = _kind(part, enrolment.answers, age)
        assert kind is not None  # noqa: S101 (only those whom somebody can take in were chosen)
        consent(db, actor, person, on, age)
        to = receivers.get(kind.slug, f"{kind.label.th} {{district}}").format(district=areas.name_of(district))
        under = kind.notice_age is not None and age is not None and age < kind.notice_age
        referrals.refer(db, actor, enrolment.id, kind=kind.slug, sent_on=on, to_name=to, notice_given=under)
    return len(chosen)


def consent(db: Session, actor: Actor, person: Person, on: date, age: int | None) -> None:
    """The consent to be referred, given by whoever may give it at this age."""
    own = age is not None and age >= OF_AGE
    record_consent(
        db, actor, person.id, purpose=referrals.CONSENT, given_by="self" if own else "guardian", given_on=on,
        guardian_name=None if own else person.guardian_name or "ผู้ปกครอง", relation=None if own else "ผู้ปกครอง",
    )  # fmt: skip


def _accept(db: Session, actor: Actor, scene: Scene, chosen: list[str]) -> int:
    for number, referral in enumerate(_sent(db, chosen)):
        referrals.accept(db, actor, referral, on=scene.day(ANSWERED + number % 14))
    return len(chosen)


def _reject(db: Session, actor: Actor, scene: Scene, chosen: list[str]) -> int:
    for referral in _sent(db, chosen):
        referrals.reject(db, actor, referral, on=scene.day(ANSWERED + 3), reason="รับเต็มจำนวนแล้วในภาคเรียนนี้")
    return len(chosen)


def _revoke(db: Session, actor: Actor, scene: Scene, chosen: list[str]) -> int:
    for referral in _sent(db, chosen):
        referrals.revoke(db, actor, referral, on=scene.day(ANSWERED + 6), reason="เจ้าตัวขอเปลี่ยนสาขาที่จะเรียน")
    return len(chosen)


def _sent(db: Session, chosen: list[str]) -> list[UUID]:
    asked = select(Referral.id).where(
        Referral.tenant_id == current().tenant_id, Referral.enrolment_id.in_([UUID(case) for case in chosen]),
        Referral.state == "sent",
    )  # fmt: skip
    return list(db.scalars(asked.order_by(Referral.sent_on, Referral.id)))


def _follow_up(db: Session, actor: Actor, part: Part) -> int:
    """Most of the first follow-ups were made, some of the second; a few were missed. The others are due."""
    kinds = {kind.slug: kind for kind in part.group.manifest.encounters if kind.after}
    f, e = FollowUp, Enrolment
    due = db.execute(
        select(f.id, f.enrolment_id, f.kind, f.month, f.due_on)
        .join(e, (e.tenant_id == f.tenant_id) & (e.id == f.enrolment_id))
        .where(f.tenant_id == current().tenant_id, f.state == "due", e.group_id == part.group.id)
        .order_by(f.due_on, f.id)
    ).all()
    made = 0
    for month, share in ((1, 5), (3, 2)):
        for number, row in enumerate(row for row in due if row.month == month):
            results = [result.value for result in kinds[row.kind].results if result.stage is None]
            if number % 6 < share and results:
                path.record_encounter(
                    db, actor, row.enrolment_id, kind=row.kind, happened_on=row.due_on, follow_up_id=row.id,
                    result=results[0] if number % 9 else results[-1],
                )  # fmt: skip
                made += 1
            elif month == 1 and number % 12 == 5:
                path.miss(db, actor, row.id)
    return made
