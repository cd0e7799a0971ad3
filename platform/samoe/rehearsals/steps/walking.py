"""What a group does with its cases beside money: visits, referrals, follow-ups, plans. Every kind and every result that
the group has is tried once on somebody, as far as somebody stands where it can happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import case
from samoe.casework.improvement import actions as improvement
from samoe.casework.improvement import queries as plans
from samoe.casework.improvement.forms import Planned
from samoe.casework.models import Enrolment, FollowUp
from samoe.casework.path import actions as path
from samoe.casework.path import referrals
from samoe.demo.referring import consent
from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.kit.problem import Problem, Problems
from samoe.registry.persons import queries as persons
from samoe.sdk import EncounterKind, Manifest, ReferralKind
from samoe.targetgroups.stages import reachable
from samoe.tenancy import current

MET, SENT, ANSWERED, PLANNED = 200, 205, 212, 215
EACH = 3
"""Of each kind of referral so many are sent: one is taken in, one turned down, one still waits when the phase ends."""
NO_RESULT = "“%(kind)s” มีผล “%(result)s” ที่ไม่มีขั้นใดไปถึงได้ ตรวจขั้นที่ต่อกันของกลุ่ม"
NOBODY_OPEN = "ไม่มีรายใดอยู่ในขั้นที่ยังไม่จบ จึงลอง%(kind)sไม่ได้"
REFUSED = "%(kind)s: %(why)s"
TO_NAME, RESPONSIBLE = "หน่วยงานสมมติ", "ผู้รับผิดชอบสมมติ"


def walks(manifest: Manifest) -> bool:
    """Whether a group has anything to do on the way."""
    return bool(manifest.encounters or manifest.referrals or _instruments(manifest))


def walk(scene: Scene, part: Part) -> tuple[dict[str, int], list[Problem]]:
    """Visits, referrals with their answers, follow-ups, plans; how many of each, and what could not be done."""
    officer = scene.actor("province_officer", "province_lead")
    counts, said = dict[str, int](), list[Any]()
    for name, do in (("met", _meet), ("referred", _refer), ("followed", _follow), ("planned", _plan)):
        done = scene.once(f"{name} in {part.slug}", officer, _tried, do, scene, part)
        counts[name], said = done["n"], [*said, *done["said"]]
    return counts, [Problem(one["message"], **one["params"]) for one in said]


@dataclass
class Trying:
    """Cases of a group that are open, each tried with one thing at a time; what was refused is said once."""

    db: Session
    actor: Actor
    scene: Scene
    part: Part
    n: int = 0
    said: dict[str, Problem] = field(default_factory=dict)

    @property
    def manifest(self) -> Manifest:
        return self.part.group.manifest

    def day(self, number: int) -> date:
        return self.scene.day(number)

    def open(self) -> Sequence[Any]:
        """Cases that stand at a stage that is not the end, and who is spoken of."""
        e = Enrolment
        stages = [stage.slug for stage in self.manifest.stages if stage.kind == "open"]
        asked = select(e.id, e.status, e.person_id).where(
            e.tenant_id == current().tenant_id, e.group_id == self.part.group.id, e.status.in_(stages)
        )
        return self.db.execute(asked.order_by(e.area_code, e.id)).all()

    def attempt(self, what: str, do: Callable[..., Any], /, *told: Any, **more: Any) -> Any:
        """Do one thing, or note why it is refused; None then."""
        try:
            with self.db.begin_nested():
                came_to = do(self.db, self.actor, *told, **more)
        except (Problem, Problems) as refused:
            self.db.expire_all()
            why = str(refused.problems[0] if isinstance(refused, Problems) else refused)
            self.note(Problem(REFUSED, kind=what, why=why))
            return None
        self.n += 1
        return came_to if came_to is not None else True

    def note(self, problem: Problem) -> None:
        self.said.setdefault(str(problem), problem)


def _tried(db: Session, actor: Actor, do: Callable[[Trying], None], scene: Scene, part: Part) -> dict[str, Any]:
    trying = Trying(db, actor, scene, part)
    do(trying)
    said = [
        {"message": one.message, "params": {name: str(value) for name, value in one.params.items()}}
        for one in trying.said.values()
    ]
    return {"n": trying.n, "said": said}


def _meet(trying: Trying) -> None:
    """Every result of every visit and search that is not a follow-up, each with somebody else."""
    kinds = [kind for kind in trying.manifest.encounters if kind.after is None]
    met = set[UUID]()
    for kind in kinds:
        rows = trying.open()
        if not rows:
            trying.note(Problem(NOBODY_OPEN, kind=kind.label.th))
            return
        # What leaves the stage as it is comes first, so that what ends a case does not take the others' away.
        for result in sorted(kind.results, key=lambda one: one.stage is not None):
            here = [row for row in rows if result.stage is None or reachable(trying.manifest, row.status, result.stage)]
            chosen = next((row for row in here if row.id not in met), next(iter(here), None))
            if chosen is None:  # nobody stands before it now; that nobody ever can is a fault
                if not any(result.stage in stage.next for stage in trying.manifest.stages):
                    trying.note(Problem(NO_RESULT, kind=kind.label.th, result=result.label.th))
                continue
            met.add(chosen.id)
            trying.attempt(
                kind.label.th, path.record_encounter, chosen.id, kind=kind.slug, result=result.value,
                happened_on=trying.day(MET),
            )  # fmt: skip
            rows = trying.open()


def _refer(trying: Trying) -> None:
    """Some by every kind of referral: one is taken in, one is turned down, one waits."""
    if trying.manifest.subject != "person":
        return
    gone = set[UUID]()
    _needs(trying)
    for kind in trying.manifest.referrals:
        sent: list[UUID] = []
        for row, age in _referable(trying, kind, gone):
            if len(sent) == EACH:
                break
            gone.add(row.id)
            made = trying.attempt(kind.label.th, _send, row, kind, trying.day(SENT), age)
            if made is None:
                break
            sent.append(made)
        if not sent and not trying.said:
            trying.note(Problem(NOBODY_OPEN, kind=kind.label.th))
        for referral in sent[:1]:
            trying.attempt(kind.label.th, referrals.accept, referral, on=trying.day(ANSWERED))
        for referral in sent[1:2]:
            trying.attempt(kind.label.th, referrals.reject, referral, on=trying.day(ANSWERED), reason=TO_NAME)


def _needs(trying: Trying) -> None:
    """Of some it is known now what they need, where the group has a stage for that before it refers anybody."""
    to = next((stage for stage in trying.manifest.stages if "need_known" in stage.on), None)
    if to is not None and trying.manifest.referrals:
        here = [
            row for row in trying.open() if row.status != to.slug and reachable(trying.manifest, row.status, to.slug)
        ]
        for row in here[: EACH * len(trying.manifest.referrals)]:
            trying.attempt(to.label.th, path.settle_need, row.id, on=trying.day(MET))


def _send(db: Session, actor: Actor, row: Any, kind: ReferralKind, on: date, age: int | None) -> UUID:
    under = kind.notice_age is not None and age is not None and age < kind.notice_age
    consent(db, actor, persons.get(db, row.person_id), on, age)
    return referrals.refer(db, actor, row.id, kind=kind.slug, sent_on=on, to_name=TO_NAME, notice_given=under)


def _referable(trying: Trying, kind: ReferralKind, gone: set[UUID]) -> Iterator[tuple[Any, int | None]]:
    """Who is old enough, those at a stage that a referral leads on from before the others."""
    to = next((stage.slug for stage in trying.manifest.stages if "referred" in stage.on), None)
    before = {stage.slug for stage in trying.manifest.stages if to in stage.next}
    for row in sorted(trying.open(), key=lambda row: row.status not in before):
        if row.id in gone or row.person_id is None:
            continue
        age = persons.age_of(persons.get(trying.db, row.person_id), trying.day(SENT))
        if kind.min_age is None or (age is not None and age >= kind.min_age):
            yield row, age


def _follow(trying: Trying) -> None:
    """Of what has fallen due the first of each kind is made, the second is missed, and the others still wait."""
    f, e = FollowUp, Enrolment
    due = trying.db.execute(
        select(f.id, f.enrolment_id, f.kind, f.due_on, e.status)
        .join(e, (e.tenant_id == f.tenant_id) & (e.id == f.enrolment_id))
        .where(f.tenant_id == current().tenant_id, f.state == "due", e.group_id == trying.part.group.id)
        .order_by(f.due_on, f.id)
    ).all()
    for kind in (kind for kind in trying.manifest.encounters if kind.after):
        mine = [row for row in due if row.kind == kind.slug]
        for row in mine[:1]:
            result = _first_result(trying.manifest, kind, row.status)
            if result is not None:
                trying.attempt(
                    kind.label.th, path.record_encounter, row.enrolment_id, kind=kind.slug, result=result,
                    happened_on=min(row.due_on, trying.scene.phase.ends_on), follow_up_id=row.id,
                )  # fmt: skip
        for row in mine[1:2]:
            trying.attempt(kind.label.th, path.miss, row.id)


def _first_result(manifest: Manifest, kind: EncounterKind, status: str) -> str | None:
    fitting = (one for one in kind.results if one.stage is None or reachable(manifest, status, one.stage))
    return next((one.value for one in sorted(fitting, key=lambda one: one.stage is not None)), None)


def _plan(trying: Trying) -> None:
    """For a few cases with something that failed: two lines of a plan, of which one is carried out."""
    for slug in _instruments(trying.manifest):
        asked, planned = trying.manifest.field(slug), 0
        for row in trying.open():
            found = case(trying.db, row.id)
            for number, item in enumerate(list(plans.failing(found, asked))[:2]):
                due = trying.scene.phase.ends_on + timedelta(days=30)
                form = Planned(item=item, action=TO_NAME, budget=100_000, due_on=due, responsible=RESPONSIBLE)
                made = trying.attempt(asked.label.th, improvement.plan, row.id, asked, form)
                if made is not None and number == 0:
                    trying.attempt(asked.label.th, improvement.done, made, on=trying.day(PLANNED))
                planned += number == 0
            if planned == EACH:
                break


def _instruments(manifest: Manifest) -> list[str]:
    return [one.slug for one in manifest.fields if one.type == "scale"]
