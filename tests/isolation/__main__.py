"""``make isolation``: every cell of the matrix, walks at random until so many requests were made, and the figures.

``ISOLATION_REQUESTS`` is how many (200000), ``ISOLATION_SEED`` with which seed, ``ISOLATION_PROCESSES`` in how many
processes (one for each core).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import Cluster
from tests.isolation import shares
from tests.isolation.bouncer import PROGRAM
from tests.isolation.mutants import MUTANTS
from tests.isolation.world import build


def run(home: Path, count: int, seed: int, workers: int) -> int:
    began, cluster = time.monotonic(), Cluster(home)
    try:
        world = shares.World(cluster, build(cluster, home / "world"), home / "world")
        with shares.processes(world, workers) as do:
            parts = [do(shares.every_cell, share, workers, count, seed) for share in range(workers)]
            direct = do(shares.one_connection, 10_000, pooler=False)
            pooled = do(shares.one_connection, 2_000, pooler=True) if PROGRAM else None
            dead = [do(shares.killed, number) for number in range(len(MUTANTS))]
            found = [part.result() for part in parts]
            faults = sorted({fault for part in found for fault in part.faults})
            routes, known = frozenset[str]().union(*(part.routes for part in found)), found[0].known
            print(f"requests made       {sum(part.sent for part in found)}")
            print(f"cells               {len(frozenset[str]().union(*(part.cells for part in found)))} (route x role),"
                  f" {len(routes)} of {known} routes")  # fmt: skip
            print(f"markers met         {sum(part.met for part in found)}, foreign:"
                  f" {sum('meets' in fault for fault in faults)}", flush=True)  # fmt: skip
            left = direct.result()
            print(f"one connection      10000 turns, left behind: {len(left)}", flush=True)
            if pooled is None:
                print("through PgBouncer   NOT RUN (apt-get install pgbouncer)")
            else:
                left += (behind := pooled.result())
                print(f"through PgBouncer   2000 turns, left behind: {len(behind)}", flush=True)
            alive = [mutant.name for mutant, one in zip(MUTANTS, dead, strict=True) if not one.result()]
            print(f"mutants killed      {len(MUTANTS) - len(alive)} of {len(MUTANTS)}")
    finally:
        cluster.server.stop()
    for fault in [*faults, *left, *(f"mutant lives: {name}" for name in alive)]:
        print(f"FAULT {fault}")
    print(f"seed {seed}, {workers} processes, {time.monotonic() - began:.0f} s")
    return 1 if faults or left or alive or len(routes) != known else 0


if __name__ == "__main__":
    given = os.environ.get
    with tempfile.TemporaryDirectory(prefix="samoe-isolation-") as folder:
        Path(folder).chmod(0o755)
        sys.exit(run(Path(folder), int(given("ISOLATION_REQUESTS", "200000")), int(given("ISOLATION_SEED", "5")),
                     int(given("ISOLATION_PROCESSES", str(os.cpu_count() or 1)))))  # fmt: skip
