"""Thin wrappers: each calls one step and writes down why it could not go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from samoe.intake.batches import actions, reading
from samoe.jobs import Work, job
from samoe.kit.problem import Problem


def _step(work: Work, batch: str, run: Callable[[Work, UUID], Any]) -> None:
    try:
        run(work, UUID(batch))
    except Problem as problem:
        reading.fail(work, UUID(batch), problem)


@job("intake.propose")
def propose(work: Work, batch: str) -> None:
    """Open a file and propose how to read it."""
    _step(work, batch, reading.propose_reading)


@job("intake.check")
def check(work: Work, batch: str) -> None:
    """Judge and stage every row of a file."""
    _step(work, batch, partial(reading.check, whole=False))


@job("intake.commit")
def commit(work: Work, batch: str) -> None:
    """Write a checked file."""
    _step(work, batch, actions.commit)


@job("intake.undo")
def undo(work: Work, batch: str) -> None:
    """Take a file back."""
    _step(work, batch, actions.take_back)
