"""Telling those of the province who prepared and sent a request what became of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from samoe.funding import wording
from samoe.funding.requests import queries
from samoe.identity import Actor
from samoe.identity.notices.actions import tell


def tell_province(db: Session, actor: Actor, request_id: UUID, kind: str, **params: int | str) -> None:
    """Inside the request's province."""
    request = queries.one(db, request_id)
    code = wording.code(request.fiscal_year, request.number)
    accounts = (request.prepared_by, request.submitted_by)
    tell(db, kind, request_id, accounts=accounts, but=actor.account_id, code=code, **params)
