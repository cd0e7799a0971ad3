"""Putting a job in the queue, in the transaction that makes it necessary: it leaves with the commit or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from dramatiq import Message
from dramatiq_postgres.broker import QUERIES
from dramatiq_postgres.utils import tidy4json
from psycopg.types.json import Json
from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.jobs.registry import QUEUE, Job

_WITHDRAW = text("""
    delete from dramatiq.queue where (message -> 'kwargs' ->> 'tenant')::int = any(:tenants)
       or message -> 'kwargs' ->> 'rehearsal' = :rehearsal
""")


def enqueue(db: Session, actor: Actor, job: Job, *, delay_seconds: int = 0, **arguments: object) -> str:
    """Queue a job for this actor and return its message id. ``arguments`` are JSON values: ids, counts, codes."""
    message: Message[None] = Message(
        queue_name=QUEUE, actor_name=job.name, args=(),
        kwargs={"tenant": actor.tenant_id, "member": str(actor.membership_id or ""), **arguments},
        options={"max_retries": job.retries},
    )  # fmt: skip
    values = (QUEUE, message.message_id, Json(tidy4json(message)), delay_seconds * 1000)
    db.connection().exec_driver_sql(QUERIES.ENQUEUE, values)
    return message.message_id


def withdraw(db: Session, tenants: Sequence[int], rehearsal: str) -> None:
    """Take back what was ordered in tenants that are going away, and the steps of the rehearsal that they are."""
    db.execute(_WITHDRAW, {"tenants": list(tenants), "rehearsal": rehearsal})
