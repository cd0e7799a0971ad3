"""What the current work may see: one tenant, and inside it areas, target groups and own cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from samoe.db.table import set_tenant_source
from samoe.kit.marking import marking
from samoe.tenancy.rehearsing import is_rehearsal

EVERYTHING = -1
"""A mask with every bit set."""


class NoTenant(LookupError):
    """Work that needs a tenant was done outside any."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The reach of one member, or of the system inside one tenant.

    ``area_mask`` and ``group_mask`` are sums of bits (``1 << district number``, ``1 << group bit``); 0 is nothing,
    −1 everything. ``institutions``/``worker`` narrow to own institutions or own caseload unless ``own_all``.
    """

    tenant_id: int
    area_mask: int = EVERYTHING
    group_mask: int = EVERYTHING
    own_all: bool = True
    institutions: tuple[UUID, ...] = ()
    worker: UUID | None = None
    actor_id: UUID | None = None
    national: bool = False

    @property
    def whole(self) -> bool:
        """True when nothing narrows the tenant."""
        return self.area_mask == EVERYTHING and self.group_mask == EVERYTHING and self.own_all

    def settings(self) -> dict[str, str]:
        """The transaction settings that the row-level policies read."""
        return {
            "app.tenant": str(self.tenant_id),
            "app.area_mask": str(self.area_mask),
            "app.group_mask": str(self.group_mask),
            "app.own": "all" if self.own_all else "some",
            "app.institutions": "{" + ",".join(map(str, self.institutions)) + "}",
            "app.worker": str(self.worker or ""),
            "app.whole": "on" if self.whole else "off",
            "app.actor": str(self.actor_id or ""),
        }


_current: ContextVar[Scope | None] = ContextVar("samoe_scope", default=None)


def current() -> Scope:
    """The scope in force. Raises ``NoTenant`` outside one."""
    scope = _current.get()
    if scope is None:
        raise NoTenant("no tenant is set for this work")
    return scope


@contextmanager
def use(scope: Scope) -> Iterator[Scope]:
    """Put a scope in force for this thread or task. What is made in a rehearsal is marked as made up."""
    token = _current.set(scope)
    try:
        with marking(is_rehearsal(scope.tenant_id)):
            yield scope
    finally:
        _current.reset(token)


set_tenant_source(lambda: current().tenant_id)
