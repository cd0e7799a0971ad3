"""A group's own Python, held at arm's length: what goes wrong in it is written to the log, and counts as silence."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from samoe.sdk import AnswerProblem, Judgement, Panel, Subject, TargetGroup, Visited
from samoe.sdk.targetgroup import Answers, Settings

T = TypeVar("T")
LOG = logging.getLogger("samoe.modules")


class Guarded(TargetGroup):
    """Asks ``inner``; a fault of it takes down neither the page nor the work at hand."""

    def __init__(self, slug: str, inner: TargetGroup) -> None:
        self.slug, self.inner = slug, inner

    def judge(self, subject: Subject, answers: Answers, settings: Settings) -> Judgement | None:
        return self._ask(self.inner.judge, None, subject, answers, settings)

    def check(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[AnswerProblem]:
        return self._ask(self.inner.check, (), subject, answers, settings)

    def next_due(self, stage: str, history: Sequence[Visited], today: date, settings: Settings) -> date | None:
        return self._ask(self.inner.next_due, None, stage, history, today, settings)

    def panels(self, subject: Subject, answers: Answers, settings: Settings) -> Sequence[Panel]:
        return self._ask(self.inner.panels, (), subject, answers, settings)

    def _ask(self, hook: Callable[..., T], silence: T, *given: Any) -> T:
        try:
            return hook(*given)
        except Exception:
            LOG.exception("the hook %s of the target group %s failed", getattr(hook, "__name__", "?"), self.slug)
            return silence
