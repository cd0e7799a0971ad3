"""Putting seals on the audit trail, all by itself."""

from __future__ import annotations

from samoe.audit.sealing import AT_ONCE, seal
from samoe.jobs.registry import Work
from samoe.jobs.standing import standing


@standing("trail.seal", every=60)
def seal_trail(work: Work) -> None:
    """Seal what was noted since the last time."""
    sealed = AT_ONCE
    while sealed == AT_ONCE:
        with work.transaction() as db:
            sealed = seal(db)
