"""Who does what in the demonstration: its own accounts, by role, and the service where a province has nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from samoe.identity import Actor
from samoe.identity.models import Account, Membership
from samoe.identity.restore import actor_of_member
from samoe.kit.problem import NotFound
from samoe.settings import Settings
from samoe.tenancy import Scope, tenant_session


@dataclass
class Cast:
    """The members of the demonstration's tenants, as actors."""

    settings: Settings
    _members: dict[int, list[tuple[str, UUID]]] = field(default_factory=dict)
    _actors: dict[tuple[int, UUID | None], Actor] = field(default_factory=dict)

    def service(self, tenant_id: int) -> Actor:
        """The service itself at work in a tenant."""
        return self._actor(tenant_id, None)

    def actor(self, tenant_id: int, *roles: str, number: int = 0) -> Actor:
        """The member with the first of these roles that somebody has; ``number`` counts those of one role from 0.

        Where nobody has any, the service acts. It has no account, so that money is out of its reach.
        """
        for role in roles:
            found = [member for held, member in self._of(tenant_id) if held == role]
            if len(found) > number:
                return self._actor(tenant_id, found[number])
        return self.service(tenant_id)

    def forget(self, tenant_id: int) -> None:
        """Look again who is there and what they reach: somebody was added or narrowed."""
        self._members.pop(tenant_id, None)
        for key in [key for key in self._actors if key[0] == tenant_id]:
            del self._actors[key]

    def _of(self, tenant_id: int) -> list[tuple[str, UUID]]:
        if tenant_id not in self._members:
            asked = (
                select(Membership.role, Membership.id)
                .join(Account, Account.id == Membership.account_id)
                .where(Membership.tenant_id == tenant_id, Account.is_demo, Membership.disabled_at.is_(None))
                .order_by(Account.username)
            )
            with tenant_session(Scope(tenant_id), self.settings) as db:
                self._members[tenant_id] = [(row[0], row[1]) for row in db.execute(asked)]
        return self._members[tenant_id]

    def _actor(self, tenant_id: int, member: UUID | None) -> Actor:
        key = (tenant_id, member)
        if key not in self._actors:
            found = actor_of_member(self.settings, tenant_id, member)
            if found is None:
                raise NotFound
            self._actors[key] = found
        return self._actors[key]
