"""Requests to the fund: drafted and sent by the province, judged by a reviewer, decided by another person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.demo.choosing import cases
from samoe.demo.scene import Part, Scene
from samoe.funding.requests import actions as requests
from samoe.funding.requests import queries as requested
from samoe.funding.requests.forms import GrantForm, GrantLineForm, LineDecision, PersonLineForm, VerdictForm
from samoe.identity import Actor
from samoe.programmes.agreements.actions import add_agreement
from samoe.programmes.agreements.forms import AgreementForm
from samoe.programmes.agreements.queries import agreements
from samoe.programmes.benefits.queries import benefit
from samoe.tenancy import current

QUESTION = "ขอทราบวิธีตรวจสอบรายได้ครัวเรือนของรายชื่อในบรรทัดนี้ และผู้รับรองข้อมูล"
ANSWER = "ตรวจจากหนังสือรับรองรายได้ที่ผู้นำชุมชนลงนามทุกราย และคณะทำงานรับรองในการประชุมครั้งที่ 3/2564"
NOT_GRANTED = "ข้อมูลรายได้ครัวเรือนยังไม่ครบ ขอให้สำรวจเพิ่มแล้วส่งคำขอใหม่ในงวดถัดไป"


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked for in one line: so many people, or the institutions with the amounts that they asked for."""

    part: Part
    benefit: str
    count: int = 0


@dataclass(frozen=True)
class Request:
    """One request on its way. ``begins`` is the day of the phase on which it is drafted."""

    scene: Scene
    name: str
    lines: Sequence[Line]
    begins: int
    granted: float = 1.0

    def go(self, state: str) -> UUID:
        """Bring the request to a state, step by step; its id."""
        made = self._by_province("drafted", ("province_officer",), self._draft, 0)
        if state != "draft":
            self._by_province("submitted", ("province_lead",), requests.submit, 4, UUID(made))
            self._after_submission(state, UUID(made))
        return UUID(made)

    def _after_submission(self, state: str, request: UUID) -> None:
        if state == "withdrawn":
            reason = "พบรายชื่อซ้ำ ขอตรวจใหม่ก่อนส่ง"
            self._by_province("withdrawn", ("province_lead",), requests.withdraw, 6, request, reason=reason)
        if state in {"submitted", "withdrawn"}:
            return
        self._by_fund("taken into review", "fund_reviewer", requests.start_review, 9, request)
        if state == "in_review":
            return
        if state != "refused":
            self._by_fund("question", "fund_reviewer", self._ask, 12, request)
            if state == "asked":
                return
            self._by_province("answer", ("province_officer",), self._answer, 16, request)
            if state == "answered":
                return
        self._by_fund("recommendation", "fund_reviewer", self._recommend, 20, request)
        if state == "refused":
            self._by_fund("refusal", "fund_approver", requests.refuse, 26, request, reason=NOT_GRANTED)
        elif state != "recommended":
            self._by_fund("approval", "fund_approver", self._approve, 26, request)

    def _by_province(
        self, step: str, roles: tuple[str, ...], do: Callable[..., Any], day: int, *told: Any, **more: Any
    ) -> Any:
        on = self.scene.day(self.begins + day)
        return self.scene.once(f"{self.name} {step}", self.scene.actor(*roles), _plain, do, *told, on=on, **more)

    def _by_fund(self, step: str, role: str, do: Callable[..., Any], day: int, *told: Any, **more: Any) -> Any:
        on, name = self.scene.day(self.begins + day), f"{self.scene.tenant.slug} {self.name} {step}"
        return self.scene.once(name, self.scene.fund(role), _plain, do, *told, on=on, **more)

    def _draft(self, db: Session, actor: Actor, *, on: Any) -> str:
        under = agreements(db, self.scene.phase.id)[0].id
        made = requests.create_request(db, actor, agreement_id=under, on=on)
        for line in self.lines:
            terms = benefit(db, self.scene.phase.id, line.part.slug, line.benefit)
            assert terms is not None  # noqa: S101 (the amounts are set before anything is asked for)
            if line.part.group.manifest.subject == "person":
                requests.put_person_line(db, actor, made, PersonLineForm(terms.id, line.count, None, None))
            else:
                grants = tuple(grants_of(db, line))
                requests.put_grant_line(db, actor, made, GrantLineForm(terms.id, grants, None))
        return str(made)

    def _ask(self, db: Session, actor: Actor, request: UUID, *, on: Any) -> int:
        first = self._lines(db, request)[0]
        requests.judge(db, actor, request, first.id, VerdictForm("ask", QUESTION), on=on)
        return requests.ask(db, actor, request, on=on)

    def _answer(self, db: Session, actor: Actor, request: UUID, *, on: Any) -> int:
        open_ones = [question for question in requested.questions(db, request) if question.answer is None]
        for question in open_ones:
            requests.answer(db, actor, question.id, ANSWER, on=on)
        return len(open_ones)

    def _recommend(self, db: Session, actor: Actor, request: UUID, *, on: Any) -> int:
        for line in self._lines(db, request):
            requests.judge(db, actor, request, line.id, VerdictForm("verify", None), on=on)
        return requests.recommend(db, actor, request, on=on, text="เอกสารครบถ้วน เสนออนุมัติตามจำนวนที่ผ่านเกณฑ์")

    def _approve(self, db: Session, actor: Actor, request: UUID, *, on: Any) -> int:
        part = None
        if self.granted < 1:
            part = [LineDecision(line.id, int(line.count * self.granted), {}) for line in self._lines(db, request)]
        return requests.approve(db, actor, request, on=on, decisions=part)

    def _lines(self, db: Session, request: UUID) -> list[requested.Line]:
        with requested.in_its_province(db, request):
            return requested.lines(db, request)


def sign_agreement(scene: Scene, amount: int) -> None:
    """The agreement under which a province asks for money, where its file does not know of one already."""
    scene.once("agreement", scene.actor("province_lead"), _agreement, scene, amount)


def _agreement(db: Session, actor: Actor, scene: Scene, amount: int) -> int:
    if agreements(db, scene.phase.id):
        return 0
    form = AgreementForm(
        number=f"ตัวอย่าง {scene.tenant.id}/{scene.phase.number}", signed_on=scene.day(0), amount=amount,
        signatories=("ผู้จัดการกองทุน", "ประธานโครงการ"),
        deliverables=("บัญชีรายชื่อผู้ผ่านเกณฑ์ที่คณะทำงานรับรอง", "รายงานผลรายไตรมาส", "รายงานการเงินและหลักฐานการจ่าย"),
    )  # fmt: skip
    add_agreement(db, actor, scene.phase.id, form)
    return 1


def grants_of(db: Session, line: Line) -> list[GrantForm]:
    """The institutions that qualify, with what each asked for, and the items that it is for."""
    manifest = line.part.group.manifest
    benefit = manifest.benefit(line.benefit)
    asked_in, scored = benefit.requested or "", benefit.pays_for or ""
    scale = manifest.scale(manifest.field(scored).scale or "") if scored else None
    e = Enrolment
    rows = cases(db, line.part, e.decision == "qualifies", e.subject_institution_id.is_not(None))
    return [
        GrantForm(
            row.institution_id, row.answers[asked_in], scale.failing(row.answers.get(scored) or {}) if scale else ()
        )
        for row in rows
    ]  # fmt: skip


def qualifying(db: Session, _actor: Actor, part: Part) -> int:
    """How many qualify for help now."""
    e = Enrolment
    asked = select(func.count()).where(
        e.tenant_id == current().tenant_id, e.group_id == part.group.id, e.decision == "qualifies"
    )
    return db.scalar(asked) or 0


def _plain(db: Session, actor: Actor, do: Callable[..., Any], *told: Any, **more: Any) -> Any:
    """What a step came to, as the journal can keep it."""
    came_to = do(db, actor, *told, **more)
    return str(came_to) if isinstance(came_to, UUID) else came_to
