"""One pooled connection for everybody: what a transaction leaves behind, the next one finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, QueuePool, event, text

from samoe.db.engine import engine
from samoe.tenancy import tenant_session
from tests.isolation.company import Company, Member

LEFT = """select string_agg(n || '=' || current_setting(n, true), ' ')
  from unnest(array['app.tenant', 'app.area_mask', 'app.group_mask', 'app.whole', 'app.actor']) n
 where coalesce(current_setting(n, true), '') <> ''"""
PATHS = (
    "/",
    "/people/{}",
    "/search",
    "/members",
    "/cases/early_childhood",
    "/no/such/page",
    "/reports",
    "/notices",
)


class Thrown(Exception):
    """In the midst of work."""


def _one_connection(of: Engine) -> Engine:
    """From now on this engine has one. (Making engines anew would leave those of other databases behind, open.)"""
    assert isinstance(of.pool, QueuePool)
    of.pool._pool.maxsize, of.pool._max_overflow = 1, 0
    of.dispose()  # makes the pool anew, of this size
    return of


def leftovers(company: Company, times: int = 60, *, seed: int = 5) -> Iterator[str]:
    """Requests and work of all tenants in turn, some of which fail, over one connection for each database role."""
    dice = random.Random(seed)
    found: list[str] = []

    def look(connection: Any, _record: Any, _proxy: Any) -> None:
        with connection.cursor() as cursor:
            left = cursor.execute(LEFT).fetchone()[0]
        connection.rollback()
        if left:
            found.append(f"a connection is taken with {left}")

    pools = [_one_connection(engine(company.settings.dsn(role))) for role in ("app", "fund")]
    for pool in pools:
        event.listen(pool, "checkout", look)
    people = [company.member(name, name.partition(".")[0]) for name in ("lampang.lead", "phuket.lead", "lampang.ngo",
                                                                        "fund.reviewer")]  # fmt: skip
    persons = [row for _tenant, row in company.ids.all_of("persons")]
    for _ in range(times):
        member = dice.choice(people)
        if dice.random() < 0.2:
            _fail(company, member)
        else:
            path = dice.choice(PATHS).format(dice.choice(persons))
            company.search(member, path, "kk") if path == "/search" else company.ask(member, "GET", path)
        if found or company.faults:
            break
    for pool in pools:
        event.remove(pool, "checkout", look)
    yield from (*found, *company.faults)


def _fail(company: Company, member: Member) -> None:
    """Work that is broken off, by ourselves or by the database."""
    try:
        with tenant_session(member.actor.scope, company.settings) as db:
            db.execute(text("select 1 / (select 0)" if member.narrow else "select 1"))
            raise Thrown
    except Exception as fault:
        assert isinstance(fault, Thrown) or "division" in str(fault)  # noqa: PT017 - either is meant
