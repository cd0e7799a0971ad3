"""Children who moved to another district, and visits of field workers to their own cases."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from samoe.casework.enrolments import actions as enrolments
from samoe.casework.models import Enrolment
from samoe.casework.path import actions as path
from samoe.demo.choosing import cases, ids, spread
from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.registry.models import Institution
from samoe.tenancy import current

MOVED, VISITED = 172, 112
FEW = 6
"""A centre with fewer children loses none, so that no centre stands empty."""


def move_away(scene: Scene, part: Part) -> None:
    """As many as the recipe says live in another district now, and go to a centre there."""
    if part.recipe.moved:
        lead = scene.actor("province_lead")
        scene.once(f"moved in {part.slug}", lead, _move, scene, part, part.recipe.moved)


def visit(scene: Scene, part: Part) -> None:
    """The field worker has seen some of the own cases."""
    worker = scene.actor("field_worker")
    if worker.own_caseload:
        scene.once(f"visits in {part.slug}", worker, _visit, scene, part)


def _move(db: Session, actor: Actor, scene: Scene, part: Part, count: int) -> int:
    e, i = Enrolment, Institution
    large = (
        select(e.institution_id)
        .where(e.tenant_id == current().tenant_id, e.group_id == part.group.id)
        .group_by(e.institution_id)
        .having(func.count() > FEW)
    )
    centres = db.execute(
        select(i.id, i.area_code)
        .where(i.tenant_id == current().tenant_id, i.kind == "child_centre")
        .order_by(i.area_code, i.sort_key)
    ).all()
    chosen = spread(cases(db, part, e.institution_id.in_(large), e.decision == "qualifies"), count)
    for number, (case, (_, district)) in enumerate(zip(ids(chosen), chosen, strict=True)):
        elsewhere = [centre for centre in centres if centre.area_code[:4] != district]
        to, on = elsewhere[number * len(elsewhere) // len(chosen)], scene.day(MOVED + number)
        enrolments.transfer(
            db, actor, case, to_area_code=to.area_code, happened_on=on, reason="ย้ายตามผู้ปกครองไปทำงานต่างอำเภอ"
        )
        enrolments.move_institution(db, actor, case, to.id, on=on)
    return len(chosen)


def _visit(db: Session, actor: Actor, scene: Scene, part: Part) -> int:
    kinds = [kind for kind in part.group.manifest.encounters if kind.after is None]
    plain = next((kind for kind in kinds if all(result.stage is None for result in kind.results)), None)
    if plain is None:
        return 0
    mine = cases(db, part)
    for number, row in enumerate(mine[: len(mine) * 2 // 3]):
        path.record_encounter(
            db, actor, row.id, kind=plain.slug, result=plain.results[number % len(plain.results)].value,
            happened_on=scene.day(VISITED + number),
        )  # fmt: skip
    return len(mine)
