"""What the demonstration's narrow roles reach: their own centres, and a worker's own cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.actions import assign
from samoe.casework.models import Enrolment
from samoe.demo.choosing import cases
from samoe.demo.scene import Part, Scene
from samoe.identity import Actor
from samoe.identity.demo_accounts import Wanted, demo_member, wanted
from samoe.identity.members import give_institutions
from samoe.identity.slips import workers
from samoe.registry.models import Institution
from samoe.tenancy import current

ASSIGNED = 88


def give_centres(scene: Scene) -> None:
    """Heads and local officers get the centres that their accounts speak of."""
    lead = scene.actor("province_lead")
    for entry in _entries(scene):
        if entry.institutions is not None:
            scene.once(f"centres of {entry.username}", lead, _centres, entry.username, entry.institutions)
        if entry.based is not None:
            scene.once(f"place of {entry.username}", lead, _place, entry.username, entry.based)
    scene.cast.forget(scene.tenant_id)


def give_cases(scene: Scene, parts: Sequence[Part]) -> None:
    """Field workers get the cases that their accounts speak of: those that are open and need something done."""
    lead = scene.actor("province_lead")
    for entry in _entries(scene):
        part = next((part for part in parts if entry.caseload and part.slug == entry.caseload["group"]), None)
        if part is not None and entry.caseload is not None:
            scene.once(f"cases of {entry.username}", lead, _cases, scene, part, entry.username, entry.caseload)


def _entries(scene: Scene) -> list[Wanted]:
    return [entry for entry in wanted(scene.settings.tenants) if entry.tenant == scene.tenant.slug]


def _chosen(db: Session, asked: dict[str, Any]) -> list[UUID]:
    i = Institution
    found = db.scalars(
        select(i.id)
        .where(i.tenant_id == current().tenant_id, i.kind == asked["kind"], i.area_code.startswith(asked["district"]))
        .order_by(i.sort_key, i.id)
        .limit(asked["take"])
    )
    return list(found)


def _place(db: Session, actor: Actor, username: str, asked: dict[str, Any]) -> int:
    """Where a worker is based, so that the head of the centre finds them on the page of teachers and volunteers."""
    chosen, member = _chosen(db, asked), demo_member(db, username)
    if member is not None and chosen:
        workers.move(db, actor, member, based_at=chosen[0], row_version=1)
    return len(chosen)


def _centres(db: Session, actor: Actor, username: str, asked: dict[str, Any]) -> int:
    chosen = _chosen(db, asked)
    member = demo_member(db, username)
    if member is not None and chosen:
        give_institutions(db, actor, member, tuple(chosen))
    return len(chosen)


def _cases(db: Session, actor: Actor, scene: Scene, part: Part, username: str, asked: dict[str, Any]) -> int:
    member = demo_member(db, username)
    chosen = in_work(db, part, district=asked["district"], limit=asked["take"])
    return 0 if member is None or not chosen else assign(db, actor, chosen, member, on=scene.day(ASSIGNED))


def in_work(db: Session, part: Part, *, district: str, limit: int) -> list[UUID]:
    """The open cases of a group that are furthest on their way, and among them always in the same order."""
    stages = [stage.slug for stage in part.group.manifest.stages if stage.kind == "open"]
    found = cases(db, part, Enrolment.status.in_(stages), Enrolment.area_code.startswith(district))
    furthest = sorted(found, key=lambda row: -stages.index(row.status))
    return [row.id for row in furthest][:limit]
