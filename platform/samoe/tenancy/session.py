"""The only way to the tenant tables: a session whose every transaction carries the scope.

The settings are local to the transaction (``set_config(..., true)``), so a pooled connection never keeps them:
tests/unit/tenancy/test_session.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, event, func, select
from sqlalchemy.orm import Session, SessionTransaction

from samoe.db.engine import engine
from samoe.settings import Settings
from samoe.tenancy.rehearsing import same_world
from samoe.tenancy.scope import Scope, current, use

_working: ContextVar[Session | None] = ContextVar("samoe_session", default=None)


def working() -> Session | None:
    """The tenant session of the request, job or command under way, for what is only read; None outside any."""
    return _working.get()


@contextmanager
def working_on(session: Session) -> Iterator[Session]:
    """Make a session the one that ``working`` speaks of."""
    token = _working.set(session)
    try:
        yield session
    finally:
        _working.reset(token)


class TenantSession(Session):
    """A session that sets the scope at the beginning of each transaction. Refuses to begin without one."""


def _apply(connection: Connection, scope: Scope) -> None:
    values = scope.settings()
    statement = select(
        *(func.set_config(name, bindparam(f"p{i}", value), True) for i, (name, value) in enumerate(values.items()))
    )
    connection.execute(statement)


@event.listens_for(TenantSession, "after_begin")
def _set_scope(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    _apply(connection, current())


@contextmanager
def tenant_session(scope: Scope, settings: Settings | None = None) -> Iterator[Session]:
    """One transaction inside ``scope``: committed at the end, rolled back on any exception.

    A national scope uses the fund's database role, which has no rights on person tables.
    """
    chosen = settings or Settings.load()
    url = chosen.dsn("fund" if scope.national else "app")
    with (
        use(scope),
        TenantSession(engine(url), expire_on_commit=False) as session,
        session.begin(),
        working_on(session),
    ):
        yield session


@contextmanager
def acting_for(session: Session, tenant_id: int) -> Iterator[Session]:
    """Let the fund work on one province's submitted requests, in the same transaction as its own book.

    Only a national scope may; what it then reaches is limited by the fund role's policies, not by this function.
    """
    own = current()
    if not own.national:
        raise PermissionError("only national work may change tenant")
    if not same_world(own.tenant_id, tenant_id):
        raise PermissionError("the fund and rehearsals do not meet")
    session.flush()
    with use(replace(own, tenant_id=tenant_id)) as scope:
        _apply(session.connection(), scope)
        yield session
        session.flush()
    _apply(session.connection(), own)


def set_local(session: Session, **values: Any) -> None:
    """Set further transaction-local settings (dots written as double underscores)."""
    for name, value in values.items():
        session.execute(select(func.set_config(name.replace("__", "."), str(value), True)))
