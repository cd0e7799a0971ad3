"""Telling whoever sent a file how far it has come: a long job ends when they look elsewhere."""

from __future__ import annotations

from sqlalchemy.orm import Session

from samoe.identity.notices.actions import account_of, tell
from samoe.intake.models import ImportBatch


def tell_sender(db: Session, batch: ImportBatch, kind: str, **counts: int | str) -> None:
    """In the transaction in which it came so far. A file that the service itself brought in has no sender."""
    tell(db, kind, batch.id, accounts=[account_of(db, batch.uploaded_by)], but=None, **counts)
