"""Payments of one person, as a statement of help (ใบแสดงความช่วยเหลือ)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.funding.batches.models import Payment
from samoe.i18n import pick
from samoe.programmes.models import Benefit
from samoe.registry.duplicates.merges import same_person
from samoe.targetgroups.manifests import known
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Received:
    """One payment: for what, to whom, how much, and where it stands."""

    on: date | None
    benefit: str
    payee: str
    amount: int
    status: str
    reason: str | None


def received(db: Session, person_id: UUID) -> list[Received]:
    """Every payment of a person that the reader may see, the latest first; attempts that failed included."""
    p, b = Payment, Benefit
    whose = same_person(db, person_id)
    rows = db.execute(
        select(p.paid_on, p.result_on, b.slug, p.group_slug, p.payee_name, p.amount, p.status, p.result_reason)
        .join(b, (b.tenant_id == p.tenant_id) & (b.id == p.benefit_id))
        .where(p.tenant_id == current().tenant_id, p.person_id.in_(whose))
        .order_by(p.recorded_at.desc())
    )
    return [
        Received(
            row.paid_on or row.result_on, _benefit(row.group_slug, row.slug), row.payee_name, row.amount, row.status,
            row.result_reason,
        )
        for row in rows
    ]  # fmt: skip


def _benefit(group_slug: str, slug: str) -> str:
    manifest = known(group_slug)
    found = next((one for one in manifest.benefits if one.slug == slug), None) if manifest else None
    return pick(found.label.th, found.label.en) if found else slug
