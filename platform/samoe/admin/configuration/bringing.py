"""Holding a province's files against the database, and bringing them in: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.admin.configuration.comparing import CHANGE, KEEP, Difference, compare
from samoe.admin.configuration.standing import later, province_of
from samoe.admin.province_files import Province, province_in
from samoe.admin.provinces.applying import alone, row_of
from samoe.admin.provinces.checking import check
from samoe.admin.provinces.designing import mark_of
from samoe.admin.provinces.removing import removals
from samoe.admin.provinces.step import Step
from samoe.admin.provinces.steps import steps
from samoe.db.engine import engine
from samoe.identity import Actor, Permission, require
from samoe.identity.restore import actor_for, system_actor
from samoe.kit import clock
from samoe.kit.problem import Conflict, Problem, Problems
from samoe.programmes.phases.queries import phases
from samoe.programmes.setting_up import actions as setting_up
from samoe.sdk import ManifestError
from samoe.sdk import Problem as Fault
from samoe.settings import Settings
from samoe.targetgroups.discovery import catalogue
from samoe.targetgroups.enabling import enabled
from samoe.targetgroups.manifests import manifests
from samoe.tenancy import Scope, areas, tenant_session
from samoe.tenancy.models import Tenant

TENANT = "tenant"


@dataclass(frozen=True, slots=True)
class Held:
    """Files held against the database: every step of theirs, and what differs."""

    province: Province
    steps: tuple[Step, ...]
    differences: tuple[Difference, ...]

    @property
    def to_write(self) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.mark != KEEP)


def diff(settings: Settings, slug: str, folder: Path, account: str | None = None) -> Held:
    """What applying would do. Raises ``ManifestError`` with every fault of the files."""
    province = province_in(folder, slug, settings.tenants)
    with tenant_session(Scope(_tenant_id(province)), settings) as db:
        row = _row(db, province)
        if row is not None:
            require(_actor(settings, row, account), Permission.PROGRAMME_READ)
        return _held(db, province, row)


def apply(
    settings: Settings, slug: str, folder: Path, shown: Sequence[Difference], account: str | None = None
) -> tuple[Difference, ...]:
    """Write what was shown, in one transaction. ``Conflict`` where it is no longer what would be written.

    Raises ``ManifestError`` with everything that the pages would refuse; nothing is written then.
    """
    province = province_in(folder, slug, settings.tenants)
    tenant_id = _tenant_id(province)
    with engine(settings.dsn("app")).begin() as connection:
        areas.load(connection)
    with tenant_session(Scope(tenant_id), settings) as db:
        alone(db, tenant_id)
        row = _row(db, province)
        held = _held(db, province, row)
        if [str(one) for one in held.differences] != [str(one) for one in shown]:
            raise Conflict("มีผู้แก้ข้อมูลหลังจากที่แสดงรายการนี้ ดูรายการใหม่แล้วสั่งอีกครั้ง ยังไม่ได้เขียนอะไร")
        if held.to_write:
            if row is None:
                row = Tenant(id=tenant_id, applied={}, **row_of(province))
                db.add(row)
                db.flush()
            _write(db, _actor(settings, row, account), row, held)
            if folder.resolve() == settings.tenants.resolve():
                remembered = {step.key: dict(step.wanted) for step in held.steps}
                row.applied = {**row.applied, TENANT: row_of(province), **remembered}
        return held.to_write


def _held(db: Session, province: Province, row: Tenant | None) -> Held:
    known = {slug: one.manifest for slug, one in manifests(db).items()} if row else catalogue()
    check([province], known)
    wanted, gone = tuple(steps(province, known)), tuple(removals(province, known))
    standing: dict[str, Step] = {}
    said: list[str] = []
    also: dict[str, frozenset[str]] = {}
    differences: list[Difference] = []
    if row is not None:
        standing = {step.key: step for step in steps(province_of(db, row, whole=True), known)}
        said = [step.key for step in steps(province_of(db, row, whole=False, drafts=True), known)]
        for group in enabled(db):
            for one in later(db, group):
                for key, mark in (mark_of(group, stated) for stated in (one.design, one.criteria) if stated):
                    also[key] = also.get(key, frozenset()) | {mark}
        differences += _of_row(row, province)
        if province.programme is None and "programme" in standing:
            wanted = tuple(step for step in wanted if step.key != "programme")
            said.remove("programme")
    differences += compare(wanted, gone, standing, said, also)
    return Held(province, (*wanted, *gone), tuple(differences))


def _of_row(row: Tenant, province: Province) -> list[Difference]:
    changed = {
        key: (getattr(row, key), value) for key, value in row_of(province).items() if (getattr(row, key) or 0) != value
    }
    lines = tuple(f"{key}: {old} -> {new}" for key, (old, new) in changed.items() if old or new)
    return [Difference(CHANGE, TENANT, lines)] if lines else []


def _write(db: Session, actor: Actor, row: Tenant, held: Held) -> None:
    require(actor, Permission.PROGRAMME_CONFIGURE)
    before = {phase.number: phase for phase in phases(db)}
    faults: list[Fault] = []
    for one in held.to_write:
        if one.key == TENANT:
            for key, value in row_of(held.province).items():
                setattr(row, key, value)
        step = one.step
        if step is None or (step.phase is not None and any(f" phase {step.phase}" in fault.path for fault in faults)):
            continue
        try:
            known = before.get(step.phase) if step.phase is not None else None
            if known is not None and known.closed_at is not None:
                raise Problem("ระยะที่ %(n)s ปิดแล้ว แก้ไม่ได้", n=known.number)
            with db.begin_nested():
                if known is not None and step.key.endswith(" published"):
                    setting_up.publish(db, actor, known.id, today=clock.today())
                else:
                    step.write(db, actor)
                db.flush()
        except (Problem, Problems) as refused:
            faults += [_fault(held.province, step, problem) for problem in getattr(refused, "problems", (refused,))]
    if faults:
        raise ManifestError(faults)
    audit.record(db, actor, "applied", "tenant", row.slug, changes=len(held.to_write))


def _fault(province: Province, step: Step, problem: Any) -> Fault:
    kind, _, slug = step.key.partition(" ")
    slug, _, day = slug.partition(" ")
    home = f"groups/{slug}" + (f"/later/{day}" if day else "")
    file = {"design": f"{home}/module.toml", "draft": f"{home}/draft/module.toml"}.get(
        kind, f"{home}/criteria.toml" if kind == "criteria" else "tenant.toml"
    )
    return Fault(f"{province.slug}/{file}: {step.key}", problem.message, **problem.params)


def _tenant_id(province: Province) -> int:
    area = areas.find(province.code)
    if area is None or area.kind != "province":
        raise ManifestError([Fault(f"{province.slug}.code", "%(code)s ไม่ใช่รหัสจังหวัด", code=province.code)])
    return int(province.code)


def _row(db: Session, province: Province) -> Tenant | None:
    row = db.scalar(select(Tenant).where(Tenant.id == _tenant_id(province)))
    if row is not None and row.slug != province.slug:
        named = {"code": province.code, "name": row.slug}
        raise ManifestError([Fault(f"{province.slug}.code", "รหัส %(code)s เป็นของ %(name)s", **named)])
    return row


def _actor(settings: Settings, row: Tenant, account: str | None) -> Actor:
    return actor_for(settings, account, row.slug) if account else system_actor(row)
