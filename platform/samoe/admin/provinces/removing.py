"""Taking away what a file names under ``[remove]``, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.admin.configuration.standing import province_of
from samoe.admin.province_files import Province
from samoe.admin.provinces.checking import Manifests
from samoe.admin.provinces.step import Step
from samoe.admin.provinces.steps import steps
from samoe.identity import Actor
from samoe.kit.problem import Problem
from samoe.tenancy import current
from samoe.tenancy.models import Tenant


def removals(province: Province, manifests: Manifests) -> Iterator[Step]:
    """One step a line. A line that names what is not there asks for nothing."""
    stated = {step.key for step in steps(province, manifests)} if province.remove else frozenset()
    for line in province.remove:
        write = partial(_take_away, line=line, manifests=manifests, stated=line in stated)
        yield Step(f"remove {line}", {"gone": True}, write)


def _take_away(db: Session, actor: Actor, line: str, manifests: Manifests, *, stated: bool) -> None:
    if stated:
        raise Problem("ไฟล์นี้ทั้งระบุ “%(line)s” ไว้และสั่งให้นำออก เลือกอย่างใดอย่างหนึ่ง", line=line)
    tenant = db.scalars(select(Tenant).where(Tenant.id == current().tenant_id)).one()
    standing = province_of(db, tenant, whole=True)
    known = next((step for step in steps(standing, manifests) if step.key == line), None)
    if known is None:
        return
    if known.take_away is None:
        raise Problem("นำ “%(line)s” ออกไม่ได้ หน้าของระบบก็ไม่ให้นำออก", line=line)
    known.take_away(db, actor)
