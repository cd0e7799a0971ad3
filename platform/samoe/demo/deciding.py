"""Screening, exceptions by resolution, and lists certified by centres, local organisations and the working group."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.certifying import actions as certifying
from samoe.casework.certifying.queries import certifiable
from samoe.casework.models import DataSubmission, Enrolment
from samoe.casework.screening import actions as screening
from samoe.casework.submissions import actions as submissions
from samoe.demo.choosing import cases, ids, spread
from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.programmes.committees.actions import add_resolution
from samoe.programmes.committees.forms import ResolutionForm
from samoe.programmes.committees.queries import committees, resolutions
from samoe.registry.institutions.queries import get as institution
from samoe.tenancy import current

SCREENED, CENTRES_SIGN, LOCAL_SIGN, MEETING, RETURNED, SCREENED_AGAIN = 75, 79, 82, 84, 78, 215
MEETING_NO = "3/2564"
REASONS = (
    "ผู้ปกครองว่างงานหลังวันสำรวจ รายได้ครัวเรือนลดลงมาก มีหนังสือรับรองจากผู้นำชุมชน",
    "บ้านเสียหายจากวาตภัยหลังวันสำรวจ ครัวเรือนไม่มีที่อยู่อาศัยมั่นคง",
    "ผู้หารายได้หลักเสียชีวิตหลังวันสำรวจ เหลือผู้สูงอายุดูแลเด็กเพียงลำพัง",
)


def decide(scene: Scene, part: Part) -> None:
    """Screen a group whose questions were asked, and except those whom the committee excepts."""
    if not part.asked:
        return
    officer, lead = scene.actor("province_officer", "province_lead"), scene.actor("province_lead")
    scene.once(f"screening of {part.slug}", officer, screen_group, scene, part, SCREENED)
    count = sum(payments.excepted for payments in part.recipe.payments)
    if count:
        scene.once(f"exceptions in {part.slug}", lead, _except, scene, part, count)


def certify(scene: Scene, part: Part) -> None:
    """Put everyone who qualifies on certified lists: some centres', a local organisation's, the working group's."""
    lead = scene.actor("province_lead")
    head, local = scene.actor("centre_head"), scene.actor("lao_officer")
    for who, level, day in ((head, "centre", CENTRES_SIGN), (local, "local_organisation", LOCAL_SIGN)):
        if part.group.manifest.subject == "person" and who.institution_ids:
            scene.once(f"{level} list of {part.slug}", who, _certify_own, scene, part, level, day)
    if part.group.manifest.subject == "person" and local.institution_ids:
        scene.once(f"data of centres in {part.slug}", local, _accept_data, scene, part)
        scene.once(f"data sent back in {part.slug}", lead, _send_back, scene, part)
    scene.once(f"working group list of {part.slug}", lead, certify_all, scene, part)


def screen_again(scene: Scene, part: Part) -> None:
    """Decide for those who came later; the others keep their receipts."""
    officer = scene.actor("province_officer", "province_lead")
    scene.once(f"later screening of {part.slug}", officer, screen_group, scene, part, SCREENED_AGAIN)


def screen_group(db: Session, actor: Actor, scene: Scene, part: Part, day: int) -> dict[str, int]:
    """Screen everybody of a group on a day of the phase."""
    run = screening.screen(db, actor, part.group, scene.phase, today=scene.day(day))
    return {"qualifies": run.qualifies or 0, "does_not": run.does_not or 0, "unknown": run.unknown or 0}


def _except(db: Session, actor: Actor, scene: Scene, part: Part, count: int) -> list[str]:
    resolution = meeting(db, actor, scene)
    chosen = ids(spread(cases(db, part, Enrolment.decision == "does_not"), count))
    for number, enrolment in enumerate(chosen):
        screening.except_by_resolution(
            db, actor, enrolment, outcome="qualifies", resolution_id=resolution, today=scene.day(MEETING),
            reason=REASONS[number % len(REASONS)],
        )  # fmt: skip
    return [str(enrolment) for enrolment in chosen]


def meeting(db: Session, actor: Actor, scene: Scene) -> UUID:
    """The meeting of the working group that looked at the lists, written down the first time it is needed."""
    known = next((one.id for one in resolutions(db) if one.meeting_no == MEETING_NO), None)
    if known is not None:
        return known
    body = next(iter(committees(db)), None)
    form = ResolutionForm(
        body=body.name_th if body else "คณะทำงานขับเคลื่อนโครงการ", meeting_no=MEETING_NO, held_on=scene.day(MEETING),
        decision="รับรองบัญชีรายชื่อผู้ผ่านเกณฑ์ และเห็นชอบให้ช่วยเหลือรายที่เสนอขอยกเว้นเกณฑ์",
    )  # fmt: skip
    return add_resolution(db, actor, body.id if body else None, form)


def _certify_own(db: Session, actor: Actor, scene: Scene, part: Part, level: str, day: int) -> str | None:
    """What somebody responsible for some centres certifies of them."""
    centre = next(iter(actor.institution_ids or ()), None)
    only = centre if level == "centre" else None
    if centre is None or not certifiable(db, scene.phase.id, part.group, level, only):
        return None
    body = f"ศพด.{institution(db, centre).name}" if only else "องค์กรปกครองส่วนท้องถิ่นต้นสังกัด"
    made = certifying.certify(
        db, actor, part.group, scene.phase, level=level, body=body, certified_on=scene.day(day), institution_id=only
    )
    return str(made)


def certify_all(db: Session, actor: Actor, scene: Scene, part: Part) -> str:
    """Put everyone who qualifies and stands on no list yet on the working group's."""
    resolution = meeting(db, actor, scene)
    made = certifying.certify(
        db, actor, part.group, scene.phase, level="working_group", body="คณะทำงานขับเคลื่อนโครงการระดับจังหวัด",
        certified_on=scene.day(MEETING), resolution_id=resolution,
    )  # fmt: skip
    return str(made)


def _accept_data(db: Session, actor: Actor, scene: Scene, part: Part) -> int:
    """The local organisation certifies the data that its centres have sent."""
    rows = _sent_data(db, scene, part)
    for row in rows:
        submissions.set_state(db, actor, row.id, "certified", on=scene.day(LOCAL_SIGN), row_version=row.row_version)
    return len(rows)


def _send_back(db: Session, actor: Actor, scene: Scene, part: Part) -> int:
    """Two centres must mend their data, and one of them has begun to."""
    rows = _sent_data(db, scene, part)[-2:]
    for row in rows:
        submissions.set_state(
            db, actor, row.id, "returned", on=scene.day(RETURNED), row_version=row.row_version,
            reason="รายได้ครัวเรือนของเด็กหลายคนยังไม่ได้กรอก ตรวจแล้วส่งใหม่",
        )  # fmt: skip
    for row in rows[:1]:
        submissions.set_state(db, actor, row.id, "sending", on=scene.day(LOCAL_SIGN), row_version=row.row_version)
    return len(rows)


def _sent_data(db: Session, scene: Scene, part: Part) -> list[DataSubmission]:
    d = DataSubmission
    asked = select(d).where(
        d.tenant_id == current().tenant_id, d.phase_id == scene.phase.id, d.group_id == part.group.id,
        d.state == "complete",
    )  # fmt: skip
    return list(db.scalars(asked.order_by(d.area_code, d.id)))
