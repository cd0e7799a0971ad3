"""Agreements with the fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from samoe.kit.problem import NotFound
from samoe.programmes.models import Agreement
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class AgreementTerms:
    """An agreement of a phase: ``amount`` in satang, ``number`` and it None where they are not known (yet)."""

    id: UUID
    phase_id: UUID
    number: str | None
    signed_on: date | None
    amount: int | None
    signatories: tuple[str, ...]
    deliverables: tuple[str, ...]
    row_version: int
    document_id: UUID | None = None


def _select() -> Select[*tuple[Any, ...]]:
    a = Agreement
    return (
        select(
            a.id,
            a.phase_id,
            a.number,
            a.signed_on,
            a.amount,
            a.signatories,
            a.deliverables,
            a.row_version,
            a.document_id,
        )
        .where(a.tenant_id == current().tenant_id)
        .order_by(a.signed_on, a.recorded_at)
    )


def agreements(db: Session, phase_id: UUID | None = None) -> tuple[AgreementTerms, ...]:
    """The agreements of a phase, or all of them, in the order they were signed."""
    query = _select() if phase_id is None else _select().where(Agreement.phase_id == phase_id)
    return tuple(_terms(row) for row in db.execute(query))


def agreement(db: Session, agreement_id: UUID) -> AgreementTerms:
    """One agreement, or ``NotFound``."""
    found = db.execute(_select().where(Agreement.id == agreement_id)).one_or_none()
    if found is None:
        raise NotFound
    return _terms(found)


def row(db: Session, agreement_id: UUID) -> Agreement:
    """The row of an agreement, to be changed."""
    return db.get_one(Agreement, (current().tenant_id, agreement_id))


def number_taken(db: Session, number: str, but: UUID | None) -> bool:
    """Whether another agreement has this number."""
    a = Agreement
    query = select(a.id).where(a.tenant_id == current().tenant_id, a.number == number)
    return any(found != but for found in db.scalars(query))


def _terms(found: Row[Any]) -> AgreementTerms:
    return AgreementTerms(
        found.id, found.phase_id, found.number, found.signed_on, found.amount, _items(found.signatories),
        _items(found.deliverables), found.row_version, found.document_id,
    )  # fmt: skip


def _items(kept: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(kept.get("items", ()))
