"""What a group's members may receive in a phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from samoe.programmes.models import Benefit
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class BenefitTerms:
    """A benefit of a phase: amounts in satang, both the same where the amount is flat.

    ``purpose`` is what "one live entitlement per person, phase and purpose" goes by, unless ``stackable``.
    """

    id: UUID
    phase_id: UUID
    group_slug: str
    slug: str
    kind: str
    purpose: str
    stackable: bool
    min_amount: int
    max_amount: int
    row_version: int

    @property
    def flat(self) -> bool:
        return self.min_amount == self.max_amount


def _select(phase_id: UUID) -> Select[*tuple[Any, ...]]:
    b = Benefit
    return (
        select(
            b.id, b.phase_id, b.group_slug, b.slug, b.kind, b.purpose, b.stackable, b.min_amount, b.max_amount,
            b.row_version,
        )
        .where(b.tenant_id == current().tenant_id, b.phase_id == phase_id)
        .order_by(b.group_slug, b.slug)
    )  # fmt: skip


def benefits(db: Session, phase_id: UUID, group_slug: str | None = None) -> tuple[BenefitTerms, ...]:
    """The benefits of a phase, of one group or of all."""
    query = _select(phase_id)
    if group_slug is not None:
        query = query.where(Benefit.group_slug == group_slug)
    return tuple(BenefitTerms(*row) for row in db.execute(query))


def benefit(db: Session, phase_id: UUID, group_slug: str, slug: str) -> BenefitTerms | None:
    """One benefit, or None where the province has set no amount for it yet."""
    query = _select(phase_id).where(Benefit.group_slug == group_slug, Benefit.slug == slug)
    row = db.execute(query).one_or_none()
    return BenefitTerms(*row) if row else None


def row(db: Session, benefit_id: UUID) -> Benefit:
    """The row, to be changed."""
    return db.get_one(Benefit, (current().tenant_id, benefit_id))
