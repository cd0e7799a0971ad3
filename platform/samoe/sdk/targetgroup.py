"""What a group may do in Python, where data does not reach: pure functions, each with a working default."""

# ruff: noqa: ARG002  (defaults look at nothing)

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samoe.sdk.text import Text

Answers = Mapping[str, Any]
Settings = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what the answers are about, with the date on which the question is asked."""

    kind: str
    today: date
    phase_start: date | None = None
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A group's own opinion beside its criteria: True, False, or None where data are missing, and why."""

    qualifies: bool | None
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Something that does not go together in the answers; shown beside the field."""

    field: str
    message: Text
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Visited:
    """One step of an enrolment's history: a stage reached or an encounter held, and when."""

    slug: str
    on: date
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a person's page made by the group: a template under the group's folder, and its data."""

    template: str
    data: Mapping[str, Any] = field(default_factory=dict)


class TargetGroup:
    """The hooks. A group's class overrides what it needs; None means: as the manifest declares."""

    def judge(self, subject: Subject, answers: Answers, settings: Settings) -> Judgement | None:
        """A second opinion shown beside the criteria's decision. It never replaces the decision."""
        return None

    def check(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[AnswerProblem]:
        """Rules across fields, asked before answers are saved."""
        return ()

    def next_due(self, stage: str, history: Sequence[Visited], today: date, settings: Settings) -> date | None:
        """When the next step is due, where the stage's ``due_after`` does not say it."""
        return None

    def panels(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[Panel]:
        """Further parts of the person's page."""
        return ()


HOOKS = ("judge", "check", "next_due", "panels")
