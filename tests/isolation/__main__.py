"""``make isolation``: every cell of the matrix, walks at random until so many requests were made, and the figures.

``ISOLATION_REQUESTS`` is how many (200000), ``ISOLATION_SEED`` with which seed.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import Cluster
from tests.isolation import writes
from tests.isolation.bouncer import PROGRAM, bounced
from tests.isolation.company import Company, company
from tests.isolation.matrix import Matrix
from tests.isolation.mutants import MUTANTS, noticed
from tests.isolation.pool import leftovers
from tests.isolation.world import build

QUERIES = ("", "?q=kk", "?q=ก", "?after=1", "?district=5205", "?district=8301", "?tenant=83", "?tenant_id=52",
           "?page=2",           "?sort=-name", "?phase=1", "?group=special_needs", "?class=ok",
           "?as_of=2021-06-01")  # fmt: skip
HEADERS = ({}, {"x-tenant": "83"}, {"x-forwarded-host": "phuket.example"}, {"accept-language": "en"})


def walk(matrix: Matrix, count: int, seed: int) -> None:
    """Requests at random: any member, any page, any kind of id, with and without htmx."""
    made, dice = matrix.company, random.Random(seed)
    members = list(made.members.values())
    pages = [entry for entry in made.ids.entries if entry.method == "GET" and entry.route.permission is not None]
    forms = [entry for entry in made.ids.entries if entry.method == "POST" and entry.ids]
    cells = {}
    while made.caller.sent < count:
        member, entry = dice.choice(members), dice.choice(pages if dice.random() < 0.85 else forms)
        key = (member.name, str(entry))
        if key not in cells:
            cells[key] = [c.values for c in matrix.cells(member, entry) if entry.method == "GET" or c.kind != "own"]
        if cells[key]:
            at = entry.at(dice.choice(cells[key])) + (dice.choice(QUERIES) if entry.method == "GET" else "")
            sent = matrix.fields(entry) if entry.method == "POST" else ()
            made.ask(member, entry.method, at, sent, htmx=dice.random() < 0.5, headers=dice.choice(HEADERS))
        if made.caller.sent % 5000 == 0:
            print(f"  {made.caller.sent} requests, {len(set(made.faults))} faults", flush=True)


def run(home: Path, count: int, seed: int) -> int:
    began, cluster = time.monotonic(), Cluster(home)
    try:
        template, files = build(cluster, home / "world"), home / "world"
        with company(cluster, template, files) as made:
            cells = _everything(made, count, seed)
            faults = sorted(set(made.faults))
            routes = len(made.ids.entries)
            print(f"requests made       {made.caller.sent}")
            print(f"cells               {cells[0]} (route x role), {cells[1]} of {routes} routes")
            print(f"markers met         {made.met}, foreign: {sum('meets' in fault for fault in faults)}")
        with company(cluster, template, files) as made:
            left = list(leftovers(made, 10_000))
        print(f"one connection      10000 turns, left behind: {len(left)}")
        if PROGRAM is None:
            print("through PgBouncer   NOT RUN (apt-get install pgbouncer)")
        else:
            with company(cluster, template, files, reached=bounced) as made:
                behind = list(leftovers(made, 2_000))
            print(f"through PgBouncer   2000 turns, left behind: {len(behind)}")
            left += behind
        killed = [mutant.name for mutant in MUTANTS if noticed(mutant, cluster, template, files)]
        alive = [mutant.name for mutant in MUTANTS if mutant.name not in killed]
        print(f"mutants killed      {len(killed)} of {len(MUTANTS)}")
    finally:
        cluster.server.stop()
    for fault in [*faults, *left, *(f"mutant lives: {name}" for name in alive)]:
        print(f"FAULT {fault}")
    print(f"seed {seed}, {time.monotonic() - began:.0f} s")
    return 1 if faults or left or alive or cells[1] != routes else 0


def _everything(made: Company, count: int, seed: int) -> tuple[int, int]:
    matrix = Matrix(made, each=2)
    for member in made.members.values():
        for entry in made.ids.entries:
            if entry.method == "GET":
                matrix.read(member, entry)
    print(f"  pages: {made.caller.sent} requests", flush=True)
    writes.write_all(matrix, lambda _member, _entry: True)
    print(f"  forms: {made.caller.sent} requests", flush=True)
    walk(matrix, count, seed)
    writes.write_own(matrix, lambda _member, _entry: True)
    return len(matrix.done), len(matrix.routes)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="samoe-isolation-") as folder:
        Path(folder).chmod(0o755)
        sys.exit(run(Path(folder), int(os.environ.get("ISOLATION_REQUESTS", "200000")),
                     int(os.environ.get("ISOLATION_SEED", "5"))))  # fmt: skip
