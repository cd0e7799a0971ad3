"""Once a day, for each tenant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from samoe.jobs import Work
from samoe.jobs.standing import standing
from samoe.privacy.erasures.jobs import remove_all
from samoe.privacy.retention.actions import let_go
from samoe.privacy.retention.queries import runs

A_DAY = timedelta(hours=20)
"""A worker that starts anew does not do again what was done today."""


@standing("privacy.let_go", every=3600)
def let_all_go(work: Work) -> None:
    """Let go what is over its time, if nobody did today; then the files that nobody gets any more."""
    with work.transaction() as db:
        latest = next(iter(runs(db)), None)
    if latest is None or latest.recorded_at < datetime.now(UTC) - A_DAY:
        let_go(work)
    remove_all(work)
