"""The end of a phase, tried and taken back: what would stand against it, and what would go on into the next one."""

from __future__ import annotations

from datetime import timedelta

from samoe.demo.scene import Scene
from samoe.funding.closing.actions import close_phase
from samoe.funding.closing.queries import check
from samoe.programmes.phases.actions import open_phase
from samoe.programmes.phases.forms import PhaseForm
from samoe.programmes.phases.queries import phase, phases
from samoe.tenancy import tenant_session

NEXT = timedelta(days=180)


def tried(scene: Scene) -> dict[str, int]:
    """Close the phase the day after it ends, with a phase to go on in; what went on. Nothing of it stays, so that the
    rehearsal can be looked around in as it was at the end. Raises ``Problems`` with all that stands against it."""
    lead, here = scene.actor("province_lead"), scene.phase
    day = here.ends_on + timedelta(days=1)
    with tenant_session(lead.scope, scene.settings) as db:
        following = open_phase(db, lead, PhaseForm(here.number + 1, day, day + NEXT, here.number))
        found = check(db, phase(db, here.id), phases(db), day)
        done = close_phase(db, lead, here.id, following, today=day)
        db.flush()
        db.rollback()
    return {
        "carried": sum(done.enrolments.values()), "referrals": done.referrals, "follow_ups": done.follow_ups,
        "plans": done.plans, "overdue": found.open.overdue,
    }  # fmt: skip
