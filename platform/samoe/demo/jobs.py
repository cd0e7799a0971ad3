"""Loading the rest of the demonstration while people already look around: a province, and then the next."""

from __future__ import annotations

from samoe.db.protection import FUND_TENANT
from samoe.demo.loading import load, missing
from samoe.demo.world import world
from samoe.identity.demo_accounts import keep_demo_accounts
from samoe.identity.restore import actor_of_member
from samoe.jobs import Work, enqueue, job
from samoe.settings import Settings
from samoe.tenancy import tenant_session


@job("demo.load_next")
def load_next(work: Work) -> None:
    """Load the first province that is still to be loaded, and come back for the others."""
    waiting = missing(work.settings)
    if waiting:
        load(work.settings, waiting[:1])
    if len(waiting) > 1:
        with work.transaction() as db:
            enqueue(db, work.actor, load_next)


def begin(settings: Settings) -> None:
    """What a first start needs before its pages open: the accounts and the first provinces. The rest follows by jobs.

    Cheap when everything is there: called at each start. Does nothing in production.
    """
    if settings.production:
        return
    keep_demo_accounts(settings)
    waiting, first = missing(settings), world(settings.tenants).first
    if now := [slug for slug in waiting if slug in first]:
        load(settings, now)
    service = actor_of_member(settings, FUND_TENANT, None)
    if service is not None and set(waiting) - set(first):
        with tenant_session(service.scope, settings) as db:
            enqueue(db, service, load_next)
