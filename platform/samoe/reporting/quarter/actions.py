"""Issuing a quarter's report: what it said then stays what it said."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from samoe.audit import record
from samoe.identity import Actor, Permission, require
from samoe.programmes.phases.queries import PhaseDays
from samoe.reporting.models import ReportIssue
from samoe.reporting.quarter.queries import content, report, seal


def issue(
    db: Session, actor: Actor, phase: PhaseDays, province: str, *, quarter: int, as_of: date, today: date
) -> ReportIssue:
    """Seal the report as it stands and keep it."""
    require(actor, Permission.REPORT_ISSUE)
    made = content(report(db, phase, province, as_of, today))
    kept = ReportIssue(
        kind="quarter", phase_id=phase.id, quarter=quarter, as_of=as_of, content=made, content_hash=seal(made),
        issued_by=actor.membership_id,
    )  # fmt: skip
    db.add(kept)
    db.flush()
    record(db, actor, "issued", "report", kept.id, quarter=quarter, seal=kept.content_hash)
    return kept
