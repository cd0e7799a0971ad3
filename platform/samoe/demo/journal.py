"""What the demonstration has done so far. Each step is one transaction that also says that it is done.

A load that was stopped goes on where it was, and one that is done does nothing. The trail of each tenant holds its
steps, with the ids that later steps need.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe import audit
from samoe.audit.models import AuditEvent
from samoe.identity import Actor
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session

VERB, SUBJECT = "prepared", "demonstration"
T = TypeVar("T")


class Stopped(RuntimeError):
    """The load was stopped between two steps."""


@dataclass
class Journal:
    """The steps of each tenant, by name, with what each came to."""

    settings: Settings
    _done: dict[int, dict[str, Any]] = field(default_factory=dict)
    _turns: dict[int, Lock] = field(default_factory=lambda: defaultdict(Lock))
    _stopped: bool = False

    def stop(self) -> None:
        """Begin no further step: whoever waits for one gets ``Stopped``."""
        self._stopped = True

    def once(self, name: str, actor: Actor, do: Callable[..., T], *arguments: Any, **values: Any) -> T:
        """Do a step unless it is done; what it came to, then or now. That must be JSON: counts, and ids as text."""
        if self._stopped:
            raise Stopped
        # Provinces are loaded side by side, and all of them have steps in the fund.
        with self._turns[actor.tenant_id]:
            done = self._of(actor.tenant_id)
            if name not in done:
                with tenant_session(actor.scope, self.settings) as db:
                    came_to = do(db, actor, *arguments, **values)
                    audit.record(db, actor, VERB, SUBJECT, name, came_to=came_to)
                done[name] = came_to
        result: T = done[name]
        return result

    def knows(self, tenant_id: int, name: str) -> bool:
        """Whether a step was done."""
        return name in self._of(tenant_id)

    def begun(self, tenant_id: int) -> bool:
        """Whether anything was done in a tenant."""
        return bool(self._of(tenant_id))

    def _of(self, tenant_id: int) -> dict[str, Any]:
        if tenant_id not in self._done:
            # The fund's own role cannot read every trail; the service can.
            with tenant_session(Scope(tenant_id), self.settings) as db:
                self._done[tenant_id] = steps(db, tenant_id)
        return self._done[tenant_id]


def steps(db: Session, tenant_id: int) -> dict[str, Any]:
    """The steps that are done in the current tenant."""
    e = AuditEvent
    asked = select(e.subject_id, e.detail).where(
        e.tenant_id == tenant_id, e.subject_type == SUBJECT, e.verb == VERB, e.subject_id.is_not(None)
    )
    return {str(name): (detail or {}).get("came_to") for name, detail in db.execute(asked)}
