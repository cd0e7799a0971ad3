"""Who acts on the command line: an account named with ``--as``, else the service itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe.db.engine import engine
from samoe.embedded.parts import using_parts
from samoe.identity import Actor
from samoe.identity.restore import actor_for, actor_of_member
from samoe.jobs import Work
from samoe.kit import clock
from samoe.kit.problem import NotFound
from samoe.settings import Settings


def tenant_id_of(settings: Settings, slug: str) -> int:
    """The tenant with this slug. Raises ``NotFound``."""
    with engine(settings.dsn("app")).connect() as connection:
        found = connection.scalar(text("select id from tenants where slug = :slug"), {"slug": slug.replace("_", "-")})
    if found is None:
        raise NotFound("ไม่พบจังหวัดนี้ ดูชื่อที่ใช้ได้ด้วย samoe tenants list")
    return int(found)


def actor(settings: Settings, tenant: str, account: str | None) -> Actor:
    """The actor for a command in a tenant. Raises ``NotFound`` for an account without a membership there."""
    if account:
        return actor_for(settings, account, tenant)
    found = actor_of_member(settings, tenant_id_of(settings, tenant), None)
    if found is None:
        raise NotFound("ไม่พบจังหวัดนี้ ดูชื่อที่ใช้ได้ด้วย samoe tenants list")
    return found


@contextmanager
def working(tenant: str, account: str | None) -> Iterator[tuple[Session, Actor]]:
    """One transaction in a tenant, committed at the end, and who acts in it."""
    with using_parts(Settings.load()) as settings:
        work = Work(settings, actor(settings, tenant, account))
        with work.transaction() as db:
            yield db, work.actor


def today() -> date:
    """Today in Thailand."""
    return clock.today()


def pairs(values: Iterable[str]) -> dict[str, str]:
    """``KEY=VALUE`` texts as a mapping. Raises ``UsageError`` for one without ``=``."""
    found: dict[str, str] = {}
    for value in values:
        key, sign, typed = value.partition("=")
        if not sign or not key:
            raise click.UsageError(f"{value} must be written as KEY=VALUE")
        found[key] = typed
    return found
