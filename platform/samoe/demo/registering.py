"""People and centres onto the register, by the steps of an import: a file is kept, staged, matched and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.demo.scene import Part, Scene
from samoe.demo.sheets import Filled, fill
from samoe.demo.subjects import Invention, Made
from samoe.identity import Actor
from samoe.intake.batches import actions as intake
from samoe.intake.batches.reading import KEPT_IN_SUMMARY, destination, move
from samoe.intake.batches.setting import setting_of
from samoe.intake.batches.steps import bring, preview
from samoe.intake.judging import as_json
from samoe.jobs import Work
from samoe.settings import Settings
from samoe.targetgroups.criteria import Circumstances
from samoe.targetgroups.enabling import EnabledGroup

SURVEYED, MET_LATE = 60, 205
"""Days of the phase: most were met by then, some only much later."""


def register(scene: Scene, parts: Sequence[Part]) -> None:
    """Everybody of every group, but for those who are met late."""
    for part in parts:
        _take_in(scene, part, [one for one in _made(scene, part) if not one.late], SURVEYED, "list")


def register_late(scene: Scene, part: Part) -> None:
    """Those of a group who were met after the lists were certified."""
    late = [one for one in _made(scene, part) if one.late]
    if late:
        _take_in(scene, part, late, MET_LATE, "later list")


def _made(scene: Scene, part: Part) -> list[Made]:
    known = scene.made.get(part.slug)
    if known is None:
        manifest, phase = part.group.manifest, scene.phase
        under = Circumstances(manifest, scene.day(SURVEYED), phase.starts_on, part.group.settings, phase.ends_on)
        known = scene.made[part.slug] = Invention(manifest, part.recipe, scene.people, under).all()
    return known


def _take_in(scene: Scene, part: Part, made: Sequence[Made], day: int, what: str) -> None:
    officer, as_of = scene.actor("province_officer", "province_lead"), scene.day(day)
    name = f"{part.slug.replace('_', '-')}-{scene.tenant.slug}-{as_of.isoformat()}.csv"
    batch = scene.once(
        f"{what} of {part.slug}", officer, _staged, scene.settings, part.group,
        lambda: fill(part.group.manifest, made, name=name, as_of=as_of), as_of,
    )  # fmt: skip
    intake.commit(Work(scene.settings, officer), UUID(batch))


def _staged(
    db: Session, actor: Actor, settings: Settings, group: EnabledGroup, fill_it: Callable[[], Filled], as_of: date
) -> str:
    filled = fill_it()
    sent = intake.SentTable(filled.name, filled.content, "text/csv")
    options = {"as_of": as_of.isoformat()}
    batch = intake.upload(db, actor, settings, group_slug=group.slug, table=sent, options=options)
    setting = setting_of(db, actor, group, as_of)
    to = destination(setting, batch.id, filled.judged.plan, setting.options(options))
    total = bring(db, filled.judged.sheets)
    effect = preview(db, to)
    report = as_json(filled.judged, group.manifest, setting.areas, setting.circumstances(as_of))
    summary = {name: report[name] for name in KEPT_IN_SUMMARY if name in report} | {"effect": effect}
    move(
        db, batch.id, to="committing", seen=("uploaded",), summary=summary, rows_total=total, rows_done=total,
        as_of=as_of, proposal=filled.judged.plan.as_json(), phase_id=setting.phase.id, committed_by=actor.membership_id,
    )  # fmt: skip
    return str(batch.id)
