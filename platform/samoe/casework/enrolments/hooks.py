"""Where a group's own Python is asked about a case: an opinion beside the criteria, the next day, further parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from samoe.casework.enrolments.cases import Case
from samoe.casework.models import Encounter
from samoe.programmes.phases.queries import PhaseDays
from samoe.registry.models import Person
from samoe.sdk import Judgement, Panel, Subject, Visited
from samoe.targetgroups.answers import check_answers
from samoe.targetgroups.enabling import EnabledGroup
from samoe.tenancy import current


@dataclass(frozen=True, slots=True)
class Own:
    """What the group itself says of a case. Most groups say nothing."""

    opinion: Judgement | None
    next_due: date | None
    panels: Sequence[Panel]


def own(db: Session, found: Case, been: Mapping[str, date | None], today: date, *, sensitive: bool) -> Own:
    """What the group's hooks say now. Its panels are given sensitive answers only where they are open to the reader,
    and none to what is not asked any more."""
    hooks, e, settings = found.group.hooks(), found.enrolment, found.group.settings
    subject = subject_of(db, found.group, found.phase, e.person_id, today)
    opened = {field.slug for field in found.manifest.fields if sensitive or not field.sensitive}
    shown = {slug: answer for slug, answer in e.answers.items() if slug in opened}
    panels = hooks.panels(subject, shown, settings)
    stage, due = found.stage, None
    if stage is not None and stage.kind == "open" and stage.due_after is None:
        due = hooks.next_due(stage.slug, _history(db, found, been), today, settings)
    return Own(
        hooks.judge(subject, e.answers, settings), due,
        [panel for panel in panels if panel.template.startswith(f"samoe_{found.group.slug}/")],
    )  # fmt: skip


def go_together(
    db: Session, group: EnabledGroup, phase: PhaseDays, person_id: Any, answers: Mapping[str, Any], today: date
) -> tuple[str, ...]:
    """Warnings of the group about answers that are about to be kept. ``Problems`` where they do not go together."""
    subject = subject_of(db, group, phase, person_id, today)
    return check_answers(group.hooks(), subject, answers, group.settings)


def subject_of(db: Session, group: EnabledGroup, phase: PhaseDays, person_id: Any, today: date) -> Subject:
    """Who or what the group is asked about."""
    born = None
    if person_id is not None:
        born = db.scalar(
            select(Person.birth_date).where(Person.tenant_id == current().tenant_id, Person.id == person_id)
        )
    return Subject(group.manifest.subject, today, phase.starts_on, born)


def _history(db: Session, found: Case, been: Mapping[str, date | None]) -> list[Visited]:
    e = found.enrolment
    stages = [Visited(slug, on) for slug, on in been.items() if on is not None]
    if e.status_on is not None:
        stages.append(Visited(e.status, e.status_on))
    rows = db.execute(
        select(Encounter.kind, Encounter.happened_on, Encounter.outcome)
        .where(Encounter.tenant_id == current().tenant_id, Encounter.enrolment_id == e.id)
        .order_by(Encounter.happened_on, Encounter.id)
    )
    met = [Visited(row.kind, row.happened_on, row.outcome) for row in rows]
    return sorted([*stages, *met], key=lambda one: one.on)
