"""People on their way through a group: looked for, referred, taken in or turned down, visited, moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.casework.models import Enrolment
from samoe.casework.path import actions as path
from samoe.demo.choosing import Chosen, cases, spread
from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.sdk import EncounterKind, Stage
from samoe.sdk.stages import EncounterResult
from samoe.tenancy.models import area_bit

SOUGHT = 70


@dataclass(frozen=True, slots=True)
class Meeting:
    """The encounter that leads to a stage, and the one before it that leads nowhere yet."""

    kind: EncounterKind
    result: EncounterResult
    attempt: EncounterResult | None


def look_for(scene: Scene, part: Part) -> None:
    """Bring so many people to each stage of the recipe to which a search or visit leads."""
    counts = [(stage, count, found) for stage, count in part.recipe.stages if (found := leading_to(part, stage))]
    if not counts:
        return
    plan = scene.once(f"search list of {part.slug}", scene.service(), _plan, part, sum(count for _, count, _ in counts))
    begin = 0
    for stage, count, meeting in counts:
        for role, actor, mine in by_worker(scene, part, plan[begin : begin + count]):
            scene.once(f"{stage} of {part.slug} by {role}", actor, _search, scene, meeting, mine)
        begin += count


def by_worker(scene: Scene, part: Part, chosen: Chosen) -> Iterator[tuple[str, Actor, Chosen]]:
    """The cases divided among those who care for them: whoever has the district, otherwise the province."""
    named = sorted(
        ((_worker(scene, part, district), (case, district)) for case, district in chosen), key=lambda one: one[0]
    )
    for role, mine in groupby(named, key=lambda one: one[0]):
        yield role, scene.actor(role), [case for _, case in mine]


def _worker(scene: Scene, part: Part, district: str) -> str:
    for role in ("district_coordinator", "partner_manager"):
        actor = scene.actor(role)
        if actor.role == role and _reaches(actor, part, district):
            return role
    return "province_officer" if scene.actor("province_officer").role == "province_officer" else "province_lead"


def _reaches(actor: Actor, part: Part, district: str) -> bool:
    return bool(actor.area_mask & area_bit(district)) and (actor.group_slugs is None or part.slug in actor.group_slugs)


def leading_to(part: Part, stage: str) -> Meeting | None:
    """How an encounter leads to a stage that no referral leads to; None where none does."""
    manifest = part.group.manifest
    if set(manifest.stage(stage).on) & {"referred", "accepted"}:
        return None
    for kind in manifest.encounters:
        result = next((result for result in kind.results if result.stage == stage), None)
        if result is not None and kind.after is None:
            openers = [
                r for r in kind.results if r.stage and r is not result and _still_open(manifest.stage(r.stage), stage)
            ]
            return Meeting(kind, result, next(iter(openers), None))
    return None


def _still_open(stage: Stage, then: str) -> bool:
    """Whether a stage is one where somebody who comes to ``then`` may have been before, without being met."""
    return stage.kind == "open" and then in stage.next and "surveyed" not in stage.on


def _plan(db: Session, _actor: Actor, part: Part, count: int) -> Chosen:
    return spread(cases(db, part, Enrolment.status == part.group.manifest.stages[0].slug), count)


def _search(db: Session, actor: Actor, scene: Scene, meeting: Meeting, chosen: Chosen) -> int:
    for number, (case, _) in enumerate(chosen):
        day = SOUGHT + number % 17
        if meeting.attempt is not None and number % 3:
            path.record_encounter(
                db, actor, UUID(case), kind=meeting.kind.slug, result=meeting.attempt.value, happened_on=scene.day(day),
                note="เพื่อนบ้านบอกว่าออกไปทำงานต่างอำเภอ จะกลับช่วงเย็น",
            )  # fmt: skip
        path.record_encounter(
            db, actor, UUID(case), kind=meeting.kind.slug, result=meeting.result.value, happened_on=scene.day(day + 9)
        )
    return len(chosen)
