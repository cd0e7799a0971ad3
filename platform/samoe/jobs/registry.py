"""What a job is: a function that receives its ``Work`` and plain JSON arguments (ids and numbers, never names)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from samoe.identity import Actor
from samoe.identity.unchanged import refuse_if_over
from samoe.settings import Settings
from samoe.tenancy import tenant_session

QUEUE = "samoe"


@dataclass(frozen=True, slots=True)
class Work:
    """Who the job works for. Each ``transaction`` is one step: what is done in it stays done if a later step fails."""

    settings: Settings
    actor: Actor

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction in the scope of the actor. Raises ``Ended`` or ``Changed`` at its end, and nothing of it
        stays, where they are not any more what they were when the job began."""
        with tenant_session(self.actor.scope, self.settings) as session:
            yield session
            session.flush()
            refuse_if_over(session, self.actor, writes=True)


@dataclass(frozen=True, slots=True)
class Job:
    """A named job. It may run more than once (at-least-once delivery), so its function must be idempotent."""

    name: str
    run: Callable[..., None]
    retries: int


JOBS: dict[str, Job] = {}


def job(name: str, *, retries: int = 3) -> Callable[[Callable[..., None]], Job]:
    """Make a function a job. ``name`` reads ``room.verb`` and never changes: messages in the queue carry it."""

    def make(run: Callable[..., None]) -> Job:
        made = Job(name, run, retries)
        if JOBS.setdefault(name, made) is not made and JOBS[name].run.__qualname__ != run.__qualname__:
            raise ValueError(f"two jobs are called {name}")
        return JOBS[name]

    return make


Arguments = dict[str, Any]
