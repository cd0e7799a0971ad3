"""Writing the audit trail."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.audit.models import AuditEvent


class Doer(Protocol):
    """Whoever acts. ``samoe.identity.Actor`` is one."""

    @property
    def membership_id(self) -> UUID | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...


def record(
    db: Session,
    actor: Doer,
    verb: str,
    subject_type: str,
    subject_id: object = None,
    *,
    reason: str | None = None,
    **detail: Any,
) -> None:
    """Add one event in the current transaction: it stands or falls with what it tells of.

    ``verb`` is a past-tense English word of the domain ("imported", "approved"). ``detail`` must hold counts,
    amounts and ids only, never names or identity numbers.
    """
    db.add(
        AuditEvent(
            actor_id=actor.membership_id,
            actor_name=actor.name,
            actor_role=actor.role,
            verb=verb,
            subject_type=subject_type,
            subject_id=None if subject_id is None else str(subject_id),
            reason=reason,
            detail=detail or None,
            request_id=None,
        )
    )
