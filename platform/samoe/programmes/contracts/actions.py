"""Adding national indicators and saying which are in use. What a code means is never changed."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Conflict, NotFound, Problem
from samoe.programmes.contracts.forms import ContractForm
from samoe.targetgroups.contracts import Contract, contracts
from samoe.targetgroups.models import IndicatorContract
from samoe.tenancy import current
from samoe.tenancy.rows import change


def add(db: Session, actor: Actor, form: ContractForm) -> None:
    """Add an indicator under a code that nobody has used, shipped and retired ones included."""
    require(actor, Permission.CONTRACT_MANAGE)
    if form.code in contracts(db):
        raise Problem("รหัส %(code)s มีอยู่แล้ว ความหมายต่างกันต้องใช้รหัสใหม่", field="code", code=form.code)
    _add(db, asdict(form), active=True)
    audit.record(db, actor, "added", "indicator_contract", form.code)


def use(db: Session, actor: Actor, code: str, *, active: bool, seen: int) -> Contract:
    """Retire an indicator, or take it into use again. What provinces have released stays."""
    require(actor, Permission.CONTRACT_MANAGE)
    found = contracts(db).get(code)
    if found is None:
        raise NotFound("ไม่มีตัวชี้วัดกลางรหัสนี้")
    if found.active == active or found.row_version != seen:
        raise Conflict("มีผู้เปลี่ยนตัวชี้วัดนี้ก่อนคุณ หน้านี้แสดงค่าล่าสุดแล้ว")
    if found.row_version:
        c = IndicatorContract
        row_id = db.scalars(select(c.id).where(c.tenant_id == current().tenant_id, c.code == code)).one()
        change(db, c, row_id, seen, active=active)
    else:
        words = {"name": asdict(found.name), "meaning": asdict(found.meaning)}
        unit = asdict(found.unit) if found.unit else None
        _add(db, {"code": code, **words, "kind": found.kind, "unit": unit, "better": found.better}, active=active)
    audit.record(db, actor, "restored" if active else "retired", "indicator_contract", code)
    return found


def _add(db: Session, words: dict[str, object], *, active: bool) -> None:
    db.add(IndicatorContract(**words, active=active))
    db.flush()
