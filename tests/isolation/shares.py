"""The full run in as many processes as there are cores: each takes some of the members, on a world of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import Cluster, Database
from tests.isolation import writes
from tests.isolation.bouncer import bounced
from tests.isolation.company import company
from tests.isolation.matrix import Matrix
from tests.isolation.mutants import MUTANTS, noticed
from tests.isolation.pool import leftovers
from tests.isolation.walking import walk

FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class World:
    """What every process is born with."""

    cluster: Cluster
    template: Database
    files: Path


@dataclass(frozen=True)
class Found:
    """What one share came to."""

    sent: int
    cells: frozenset[str]
    routes: frozenset[str]
    known: int
    """How many routes there are."""
    met: int
    faults: tuple[str, ...]


_born: list[World] = []


@contextmanager
def processes(world: World, workers: int) -> Iterator[Callable[..., Any]]:
    """How to hand out work: ``do(function, arguments…)`` gives something that has a ``result()``."""
    _born[:] = [world]
    numbers = FORK.Value("i", 1)
    with ProcessPoolExecutor(workers, mp_context=FORK, initializer=_apart, initargs=(numbers,)) as pool:
        yield pool.submit
    _born.clear()


def _apart(numbers: Any) -> None:
    """Databases are numbered: each process counts from elsewhere."""
    with numbers.get_lock():
        numbers.value += 1
        _born[0].cluster.count_from(1000 * numbers.value)


def every_cell(share: int, of: int, requests: int, seed: int) -> Found:
    """Every cell of the share's members, then requests at random, then their own forms."""
    world = _born[0]
    with company(world.cluster, world.template, world.files) as made:
        matrix = Matrix(made, each=2)
        mine = list(made.members.values())[share::of]
        names = {member.name for member in mine}
        for member in mine:
            for entry in made.ids.entries:
                if entry.method == "GET":
                    matrix.read(member, entry)
        print(f"  share {share + 1}, pages: {made.caller.sent} requests", flush=True)
        writes.write_all(matrix, lambda member, _entry: member.name in names)
        print(f"  share {share + 1}, forms: {made.caller.sent} requests", flush=True)
        walk(matrix, mine, requests // of, seed + share)
        writes.write_own(matrix, lambda member, _entry: member.name in names)
        return Found(
            made.caller.sent, frozenset(matrix.done), frozenset(matrix.routes), len(made.ids.entries), made.met,
            tuple(sorted(set(made.faults))),
        )  # fmt: skip


def one_connection(times: int, *, pooler: bool) -> list[str]:
    """What was left behind on a single connection by tenants in turn; through a pooler too."""
    world = _born[0]
    reached = {"reached": bounced} if pooler else {}
    with company(world.cluster, world.template, world.files, **reached) as made:
        return list(leftovers(made, times))


def killed(number: int) -> bool:
    """Whether a mutant is noticed."""
    world = _born[0]
    return bool(noticed(MUTANTS[number], world.cluster, world.template, world.files))
