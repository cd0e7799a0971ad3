"""The service looks, with the whole province in reach, at what somebody with a part of it wrote down."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.jobs import Work, enqueue, job
from samoe.registry.claims.actions import settle


@job("registry.settle_claims")
def settle_claims(work: Work, person: str) -> None:
    """Settle what is claimed for one person."""
    with work.transaction() as db:
        settle(db, work.actor, UUID(person))


def look_later(db: Session, actor: Actor, person_id: UUID) -> None:
    """Let the service, not the member, look at a person that the member has written something of."""
    enqueue(db, replace(actor, membership_id=None), settle_claims, person=str(person_id))
