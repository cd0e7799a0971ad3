"""Words of sessions that nobody ended are forgotten in the background."""

from __future__ import annotations

from samoe.identity.kept_words import forget_old
from samoe.jobs.registry import Work
from samoe.jobs.standing import standing


@standing("words.forget", every=3600)
def forget_words(work: Work) -> None:
    """Once an hour: what no session can ask for any more."""
    with work.transaction() as db:
        forget_old(db)
