"""Collects what the rooms put on the home page (``samoe.web.today`` says what they may)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import TypeVar

import samoe
from samoe.web import Context
from samoe.web.today import KeyFigure, Milestone, Progress, Standing, Task, Waiting

Offered = TypeVar("Offered", Task, Waiting, KeyFigure, Progress, Standing, Milestone)


@cache
def _modules() -> tuple[ModuleType, ...]:
    """The modules called ``home`` of the rooms, found by looking."""
    names = [
        f"samoe.{room.name}.home"
        for room in pkgutil.iter_modules(samoe.__path__)
        if room.ispkg and room.name != "admin" and _has_home(room.name)
    ]
    return tuple(importlib.import_module(name) for name in names)


def _has_home(room: str) -> bool:
    package = importlib.import_module(f"samoe.{room}")
    return any(module.name == "home" for module in pkgutil.iter_modules(package.__path__))


def _offered(ctx: Context, name: str, kind: type[Offered]) -> Iterator[Offered]:
    for module in _modules():
        offer = getattr(module, name, None)
        if offer is not None:
            yield from (one for one in offer(ctx) if isinstance(one, kind))


def tasks(ctx: Context) -> list[Task]:
    """What waits for this person: the urgent and overdue first, then by day; what has no day comes last."""
    found = list(_offered(ctx, "tasks", Task))
    return sorted(
        found, key=lambda task: (not (task.urgent or (task.due or ctx.today) < ctx.today), task.due is None, task.due)
    )


def waiting(ctx: Context) -> list[Waiting]:
    """What this person waits for, the longest first."""
    return sorted(_offered(ctx, "waiting", Waiting), key=lambda one: (one.since is None, one.since))


def figures(ctx: Context) -> list[KeyFigure]:
    return list(_offered(ctx, "figures", KeyFigure))


def progress(ctx: Context) -> list[Progress]:
    return list(_offered(ctx, "progress", Progress))


def standings(ctx: Context) -> list[Standing]:
    return list(_offered(ctx, "standings", Standing))


def milestones(ctx: Context) -> list[Milestone]:
    return sorted(_offered(ctx, "milestones", Milestone), key=lambda one: one.on)
