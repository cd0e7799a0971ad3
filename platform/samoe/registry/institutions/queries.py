"""Finding institutions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.kit.thai import clean, squeeze
from samoe.registry.models import Institution, InstitutionSupervision
from samoe.registry.persons.queries import escaped
from samoe.tenancy import current

PAGE = 50
KINDS: Mapping[str, str] = {
    "child_centre": "ศูนย์พัฒนาเด็กเล็ก", "school": "โรงเรียน", "learning_centre": "ศูนย์การเรียนรู้ (กศน./สกร.)",
    "training_provider": "หน่วยฝึกอาชีพ", "other": "หน่วยงานอื่น",
}  # fmt: skip
"""Words for the kinds, in Thai; the page translates them."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """Who supervises an institution, from and to a day."""

    agency_name: str
    from_on: date | None
    to_on: date | None


def get(db: Session, institution_id: UUID) -> Institution:
    """The institution, or ``NotFound``."""
    found = db.get(Institution, (current().tenant_id, institution_id))
    if found is None:
        raise NotFound
    return found


def by_name(db: Session, kind: str, area_code: str, name: str) -> UUID | None:
    """The institution of this kind and name in a subdistrict or district."""
    return db.scalar(
        select(Institution.id).where(
            Institution.tenant_id == current().tenant_id, Institution.kind == kind,
            Institution.area_code == area_code, Institution.name_key == squeeze(name),
        )
    )  # fmt: skip


def listed(
    db: Session,
    *,
    kinds: tuple[str, ...] = (),
    district: str | None = None,
    typed: str = "",
    limit: int = PAGE,
    after: UUID | None = None,
) -> list[Institution]:
    """Institutions in dictionary order, a page at a time. ``after`` is the last of the page before."""
    query = select(Institution).where(Institution.tenant_id == current().tenant_id)
    if kinds:
        query = query.where(Institution.kind.in_(kinds))
    if district:
        query = query.where(Institution.area_code.like(f"{district}%"))
    if typed:
        query = query.where(Institution.name.ilike(f"%{escaped(clean(typed))}%"))
    if after and (last := db.get(Institution, (current().tenant_id, after))):
        query = query.where(tuple_(Institution.sort_key, Institution.id) > (last.sort_key, last.id))
    return list(db.scalars(query.order_by(Institution.sort_key, Institution.id).limit(limit)))


def names_of(db: Session, ids: Collection[UUID]) -> dict[str, str]:
    """The names of institutions, by id as text; one out of reach is left out."""
    if not ids:
        return {}
    rows = db.execute(
        select(Institution.id, Institution.name).where(
            Institution.tenant_id == current().tenant_id, Institution.id.in_(ids)
        )
    )
    return {str(row.id): row.name for row in rows}


def supervision_of(db: Session, institution_id: UUID) -> list[Supervision]:
    """Who supervises the institution and did, the present first."""
    rows = db.execute(
        select(InstitutionSupervision.agency_name, InstitutionSupervision.from_on, InstitutionSupervision.to_on)
        .where(
            InstitutionSupervision.tenant_id == current().tenant_id,
            InstitutionSupervision.institution_id == institution_id,
        )
        .order_by(InstitutionSupervision.to_on.desc().nulls_first())
    )
    return [Supervision(*row) for row in rows]
