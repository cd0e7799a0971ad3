"""Writing down institutions and who supervises them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from samoe import audit
from samoe.db.one_row import one_row
from samoe.identity import Actor, Permission, require
from samoe.kit.problem import Problem
from samoe.kit.thai import clean, sort_key, squeeze
from samoe.registry.institutions import queries
from samoe.registry.models import Institution, InstitutionSupervision
from samoe.tenancy import current
from samoe.tenancy.models import area_bit

TAKEN = "มีหน่วยงานชื่อนี้ในตำบลนี้แล้ว ค้นหาแล้วแก้รายการเดิม"


def add_institution(
    db: Session, actor: Actor, *, kind: str, name: str, area_code: str, import_batch_id: UUID | None = None
) -> UUID:
    """Write down a new institution and return its id; one name stands once in a subdistrict."""
    require(actor, Permission.INSTITUTION_WRITE)
    made = Institution(
        kind=_kind(kind), area_code=area_code, area_bit=area_bit(area_code), import_batch_id=import_batch_id,
        **_named(name),
    )  # fmt: skip
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:
        raise Problem(TAKEN, field="name") from None
    audit.record(db, actor, "added", "institution", made.id)
    return made.id


def rename_institution(
    db: Session, actor: Actor, institution_id: UUID, row_version: int, *, name: str, kind: str
) -> None:
    """Mend the name or kind of an institution, as seen in ``row_version``."""
    require(actor, Permission.INSTITUTION_WRITE)
    before = queries.get(db, institution_id)
    try:
        with db.begin_nested():
            done = db.execute(
                update(Institution)
                .where(
                    Institution.tenant_id == current().tenant_id, Institution.id == institution_id,
                    Institution.row_version == row_version,
                )
                .values(kind=_kind(kind), row_version=row_version + 1, updated_at=func.now(), **_named(name))
                .execution_options(synchronize_session=False)
            )  # fmt: skip
    except IntegrityError:
        raise Problem(TAKEN, field="name") from None
    one_row(done)
    db.expire(before)
    audit.record(db, actor, "changed", "institution", institution_id)


def supervise(db: Session, actor: Actor, institution_id: UUID, *, agency_name: str, from_on: date | None) -> None:
    """Say which local organisation supervises an institution from a day on; the one before ends that day."""
    require(actor, Permission.INSTITUTION_WRITE)
    institution = queries.get(db, institution_id)
    db.execute(
        update(InstitutionSupervision)
        .where(
            InstitutionSupervision.tenant_id == current().tenant_id,
            InstitutionSupervision.institution_id == institution_id, InstitutionSupervision.to_on.is_(None),
        )
        .values(to_on=from_on or func.current_date())
    )  # fmt: skip
    db.add(
        InstitutionSupervision(
            institution_id=institution_id,
            agency_name=clean(agency_name),
            area_bit=institution.area_bit,
            from_on=from_on,
        )
    )
    audit.record(db, actor, "supervised", "institution", institution_id)


def _named(name: str) -> dict[str, str]:
    text = clean(name)
    if not text:
        raise Problem("พิมพ์ชื่อหน่วยงาน", field="name")
    return {"name": text, "name_key": squeeze(text), "sort_key": sort_key(text)}


def _kind(kind: str) -> str:
    if kind not in queries.KINDS:
        raise Problem("เลือกประเภทหน่วยงาน", field="kind")
    return kind
