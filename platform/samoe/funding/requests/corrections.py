"""Reading corrections: what a line said when it was sent, and what the province made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.funding.requests.models import RequestCorrection
from samoe.funding.requests.queries import Grant, Question
from samoe.funding.requests.versions import Correction, Listed
from samoe.tenancy import current


def corrections(db: Session, request_id: UUID) -> list[Correction]:
    """Every correction of a request, the earliest round first. The fund sees those that were sent."""
    c = RequestCorrection
    rows = db.scalars(
        select(c)
        .where(c.tenant_id == current().tenant_id, c.request_id == request_id)
        .order_by(c.round, c.recorded_at, c.id)
        .execution_options(populate_existing=True)
    )
    return [_correction(row) for row in rows]


def waiting(db: Session, request_id: UUID) -> list[Correction]:
    """The corrections that were not sent yet."""
    return [one for one in corrections(db, request_id) if one.submitted_on is None]


def correctors(db: Session, request_id: UUID) -> set[UUID]:
    """Every person who corrected a line or sent the corrected request."""
    found = corrections(db, request_id)
    return {one.corrected_by for one in found} | {one.submitted_by for one in found if one.submitted_by}


def asked_about(questions: Iterable[Question], turn: int) -> set[UUID]:
    """The lines that the fund asks about in a round, answered or not."""
    return {question.line_id for question in questions if question.line_id and question.round == turn}


def plain(grant: Grant | Listed) -> dict[str, Any]:
    """An institution on a line, as a correction keeps it."""
    return {
        "institution_id": str(grant.institution_id), "recipient_name": grant.recipient_name,
        "payee_name": grant.payee_name, "district_code": grant.district_code, "amount": grant.amount,
        "items": list(grant.items),
    }  # fmt: skip


def _correction(row: RequestCorrection) -> Correction:
    return Correction(
        row.id, row.request_id, row.line_id, row.round, row.old_count, row.old_unit_amount, row.old_total, row.old_note,
        _listed(row.old_grants), row.old_hash, row.count, row.unit_amount, row.total, row.note, _listed(row.grants),
        row.qualifying, row.corrected_by, row.corrected_on, row.submitted_by, row.submitted_on, row.row_version,
    )  # fmt: skip


def _listed(grants: list[dict[str, Any]]) -> tuple[Listed, ...]:
    return tuple(
        Listed(
            UUID(one["institution_id"]),
            one["recipient_name"],
            one["payee_name"],
            one["district_code"],
            one["amount"],
            tuple(one.get("items", ())),
        )
        for one in grants
    )
