"""Publishing a draft once it is known whether people were screened."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.casework.certifying.actions import minute
from samoe.casework.publishing.forms import SHORTEST, ChangeForm
from samoe.casework.publishing.queries import screened
from samoe.casework.screening.actions import one_at_a_time
from samoe.identity import Actor, Permission, require
from samoe.kit import ids
from samoe.kit.problem import NotFound, Problem, Problems
from samoe.programmes.criteria.actions import publish_draft, withdraw
from samoe.programmes.models import Resolution
from samoe.targetgroups.enabling import EnabledGroup
from samoe.targetgroups.rule_versions import Criteria
from samoe.tenancy import current


def publish(db: Session, actor: Actor, group: EnabledGroup, form: ChangeForm, seen: int) -> Criteria:
    """Put the draft in force. After a screening in an open phase a resolution and a reason are needed.

    The database refuses it, too, so that nothing else can publish past this.
    """
    require(actor, Permission.CRITERIA_PUBLISH)
    one_at_a_time(db, group)
    resolution_id = _resolution(db, form.resolution) if form.resolution else minute(db, actor, form.meeting)
    if screened(db, group):
        _need(form.publishing.reason, resolution_id)
    return publish_draft(db, actor, group, replace(form.publishing, resolution_id=resolution_id), seen)


def take_back(db: Session, actor: Actor, group: EnabledGroup, version_id: UUID) -> None:
    """Withdraw a version, as long as nobody was screened; after that an old version is published anew."""
    require(actor, Permission.CRITERIA_PUBLISH)
    one_at_a_time(db, group)
    if screened(db, group):
        raise Problem("คัดกรองในระยะนี้แล้ว ถอนเกณฑ์ไม่ได้ ถ้าจะกลับไปใช้ฉบับเดิม ให้ร่างจากฉบับนั้นแล้วประกาศใช้พร้อมมติ")
    withdraw(db, actor, group, version_id)


def _need(reason: str | None, resolution_id: UUID | None) -> None:
    problems = []
    if resolution_id is None:
        problems.append(Problem("คัดกรองในระยะนี้แล้ว การเปลี่ยนเกณฑ์ต้องมีมติ เลือกมติหรือกรอกการประชุม", field="resolution"))
    if len((reason or "").strip()) < SHORTEST:
        problems.append(Problem("บอกเหตุผลที่เปลี่ยนเกณฑ์ อย่างน้อย 5 ตัวอักษร", field="reason"))
    if problems:
        raise Problems(problems)


def _resolution(db: Session, chosen: str) -> UUID:
    found = ids.read(chosen)
    if found is None or db.get(Resolution, (current().tenant_id, found)) is None:
        raise NotFound("ไม่พบมตินี้ เลือกมติจากรายการ")
    return found
