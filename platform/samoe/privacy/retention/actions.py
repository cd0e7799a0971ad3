"""Letting go, step by step. Each step is a transaction of its own; a step that fails leaves the others as they are."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from samoe import audit
from samoe.identity import Actor, Permission, require
from samoe.privacy.erasures.actions import erase
from samoe.privacy.models import Erasure, RetentionRun
from samoe.privacy.retention import queries
from samoe.tenancy import current

SESSION_DAYS, KEY_DAYS = 90, 30
_SESSIONS = text(
    "delete from sessions where tenant_id = :tenant and last_seen_at < now() - make_interval(days => :days)"
)
_KEYS = text(
    "delete from idempotency_keys where tenant_id = :tenant and recorded_at < now() - make_interval(days => :days)"
)
_ATTEMPTS = text("delete from sign_in_attempts where at < now() - interval '1 day'")
_COUNTS = {
    "sessions": text(
        "select count(*) from sessions"
        " where tenant_id = :tenant and last_seen_at < now() - make_interval(days => :days)"
    ),
    "keys": text(
        "select count(*) from idempotency_keys"
        " where tenant_id = :tenant and recorded_at < now() - make_interval(days => :days)"
    ),
}


class Steps(Protocol):
    """Who lets go, and where each step's transaction comes from. ``samoe.jobs.Work`` is one."""

    @property
    def actor(self) -> Actor: ...
    def transaction(self) -> AbstractContextManager[Session]: ...


@dataclass(slots=True)
class Report:
    """How much of what went, and how much was held and why. Counts only."""

    went: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)


def let_go(steps: Steps, *, dry: bool = False) -> Report:
    """Everything of one tenant that is over its time. ``dry`` only counts. What went is kept as a report."""
    require(steps.actor, Permission.PRIVACY_MANAGE)
    report = Report()
    _answers(steps, report, dry=dry)
    _persons(steps, report, dry=dry)
    _files(steps, report, dry=dry)
    _traces(steps, report, dry=dry)
    if not dry:
        with steps.transaction() as db:
            db.add(RetentionRun(went=dict(+report.went), held=dict(+report.held)))
            audit.record(db, steps.actor, "let_go", "retention", went=dict(+report.went), held=dict(+report.held))
    return report


def _answers(steps: Steps, report: Report, *, dry: bool) -> None:
    with steps.transaction() as db:
        asked = queries.forgotten(db)
    for one in asked:
        with steps.transaction() as db:
            goes, held = queries.answers(db, one)
        report.went["answers"] += goes
        report.held["hold"] += held
        done = 0 if dry else queries.AT_ONCE
        while done == queries.AT_ONCE:
            with steps.transaction() as db:
                done = db.execute(
                    text("select let_answers_go(:group, cast(:slugs as text[]), :years, :most)"),
                    {"group": one.group_id, "slugs": list(one.slugs), "years": one.years, "most": queries.AT_ONCE},
                ).scalar_one()


def _persons(steps: Steps, report: Report, *, dry: bool) -> None:
    after: UUID | None = None
    while True:
        with steps.transaction() as db:
            found = queries.persons(db, after)
        for one in found:
            if one.kept:
                report.held[one.kept] += 1
                continue
            report.went["persons"] += 1
            if not dry:
                with steps.transaction() as db:
                    _erase(db, one.id)
        if len(found) < queries.AT_ONCE:
            return
        after = found[-1].id


def _erase(db: Session, person_id: UUID) -> None:
    made = Erasure(person_id=person_id, origin="retention")
    db.add(made)
    db.flush()
    erase(db, made)


def _files(steps: Steps, report: Report, *, dry: bool) -> None:
    with steps.transaction() as db:
        found = queries.files(db)
    for one in found:
        if one.kept:
            report.held["file"] += 1
            continue
        report.went["files"] += 1
        if not dry:
            with steps.transaction() as db:
                db.execute(text("select let_file_go(:batch)"), {"batch": one.id})


def _traces(steps: Steps, report: Report, *, dry: bool) -> None:
    """Of those who work here: sessions, tries to sign in, notices, and what keeps a form from being sent twice."""
    with steps.transaction() as db:
        here = {"tenant": current().tenant_id}
        limits = {"sessions": SESSION_DAYS, "keys": KEY_DAYS}
        if dry:
            for name, query in _COUNTS.items():
                report.went[name] += db.execute(query, {**here, "days": limits[name]}).scalar_one()
            return
        for name, statement in (("sessions", _SESSIONS), ("keys", _KEYS)):
            done = db.execute(statement, {**here, "days": limits[name]})
            report.went[name] += int(done.rowcount)  # type: ignore[attr-defined]
        db.execute(_ATTEMPTS)
        report.went["notices"] += db.execute(text("select let_notices_go()")).scalar_one()
