"""Once a day each province's numbers go to the fund by themselves."""

from __future__ import annotations

from samoe.jobs import Work
from samoe.jobs.standing import standing
from samoe.kit import clock
from samoe.programmes.released.queries import latest
from samoe.reporting.releases.actions import release


@standing("reporting.release", every=3600)
def release_daily(work: Work) -> None:
    """Give the numbers of today, unless somebody has given them today. Two at once both give the same."""
    if work.actor.tenant_kind != "province":
        return
    with work.transaction() as db:
        given, today = latest(db).get(work.actor.tenant_id), clock.today()
        if given is None or given.as_of < today:
            release(db, work.actor, today)
