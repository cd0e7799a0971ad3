"""Work that nobody orders: every worker does it every so often, for each tenant, as the service itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from samoe.identity.restore import system_actor
from samoe.identity.sessions import request_session
from samoe.jobs.registry import Work
from samoe.settings import Settings
from samoe.tenancy.models import Tenant

log = logging.getLogger("samoe.worker")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is done for each tenant, and every how many seconds. Two workers may do it at once: it must bear that."""

    name: str
    every: int
    run: Callable[[Work], None]


STANDING: dict[str, Standing] = {}


def standing(name: str, *, every: int) -> Callable[[Callable[[Work], None]], Standing]:
    """Make a function standing work. ``name`` reads ``room.verb``."""
    return lambda run: STANDING.setdefault(name, Standing(name, every, run))


def of_every_tenant(settings: Settings) -> list[Work]:
    """The service itself at work in each tenant, the fund's first."""
    with request_session(settings) as db:
        return [Work(settings, system_actor(tenant)) for tenant in db.scalars(select(Tenant).order_by(Tenant.id))]


def do_for_all(settings: Settings, work: Standing) -> None:
    """Do it once for every tenant. What fails for one tenant is noted and does not keep it from the others."""
    for there in of_every_tenant(settings):
        try:
            work.run(there)
        except Exception as fault:
            log.warning("%s failed for tenant %s: %s", work.name, there.actor.tenant_id, type(fault).__name__)


def keep_doing(settings: Settings, stop: threading.Event) -> None:
    """Until ``stop``: each standing work when its time has come, first a little after the start."""
    due = {work.name: time.monotonic() + min(work.every, 10) for work in STANDING.values()}
    while not stop.wait(1):
        for work in STANDING.values():
            if time.monotonic() >= due[work.name]:
                due[work.name] = time.monotonic() + work.every
                try:
                    do_for_all(settings, work)
                except Exception as fault:  # the database is away; it is tried again at the next turn
                    log.warning("%s failed: %s", work.name, type(fault).__name__)
