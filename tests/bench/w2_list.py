"""W2: the caseload of a group, filtered by status and district, 50 rows: the part that htmx asks for, and the whole
page; near the beginning and deep in the list; few and many connections. Each side is served by granian in a process of
its own.

Floor: ``by_hand``, the same list in a hand-written handler.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import psycopg

from samoe.embedded.ports import free_port
from samoe.web import cookies
from tests.bench.client import ask, get
from tests.bench.timing import Ratio
from tests.bench.w1_import import GROUP, TENANT
from tests.bench.world import World

BOUND = 0.6
CONNECTIONS = (8, 32)
SLOT, TURNS = 0.8, 4
"""Seconds that a side is asked for at a time: short turns and many, so that a busy moment spoils both alike."""
STATUSES = ("registered", "more_data")
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


def run(world: World, rounds: int) -> list[Ratio]:
    base = f"/cases/{GROUP}"
    addresses = _addresses(world)
    signed_in = {"Cookie": f"{cookies.session_name(world.settings)}={world.sign_in(TENANT)}"}
    pages = {"BENCH_TENANT": str(TENANT), "BENCH_GROUP": GROUP, "BENCH_PAGES": " ".join(addresses)}
    found: list[Ratio] = []
    with ExitStack() as stack:
        product = stack.enter_context(_served(world, "samoe.app.serving:create_app", {}))
        floor = stack.enter_context(_served(world, "tests.bench.by_hand:create_app", pages))
        asked = [f"{base}?{address}" for address in addresses]
        by_hand = [f"/{number}" for number in range(len(addresses))]
        _agree(get(product, asked[0], signed_in | PARTIAL), get(floor, by_hand[0], {}))
        for what, headers in (("partial", signed_in | PARTIAL), ("whole page", signed_in)):
            for connections in CONNECTIONS:
                pairs = []
                for _ in range(TURNS * rounds + 1):
                    ours = ask(product, asked, headers, connections=connections, seconds=SLOT)
                    theirs = ask(floor, by_hand, {}, connections=connections, seconds=SLOT)
                    pairs.append((ours.per_second, theirs.per_second))
                product_rate, floor_rate = (median(side) for side in zip(*pairs[1:], strict=True))  # the first warms up
                name = f"W2 caseload, {what}, {connections} connections"
                found.append(Ratio(name, product_rate, floor_rate, BOUND, at_least=True, unit="req/s"))
        found.append(_depth(product, asked, signed_in | PARTIAL, rounds))
    return found


def _depth(port: int, asked: list[str], headers: dict[str, str], rounds: int) -> Ratio:
    """A page deep in the list costs what the first one costs."""
    near: list[float] = []
    deep: list[float] = []
    for _ in range(TURNS * rounds):
        near.append(ask(port, asked[:1], headers, connections=1, seconds=SLOT / 2).middle)
        deep.append(ask(port, asked[-1:], headers, connections=1, seconds=SLOT / 2).middle)
    return Ratio("W2 deep page over first page", 1000 * median(deep), 1000 * median(near), 1.3, unit="ms")


def _addresses(world: World) -> list[str]:
    """The first page of one status in one district, and one that lies nine tenths down the list."""
    district = f"{TENANT}01"
    with world.connect("owner") as connection:
        _spread(connection)
        sought = "select id from enrolments where status = %s and area_code like %s order by id"
        ids = [row[0] for row in connection.execute(sought, (STATUSES[0], f"{district}%"))]
    narrowed = {"status": STATUSES[0], "district": district}
    return [urlencode(narrowed), urlencode(narrowed | {"after": f"~{ids[len(ids) * 9 // 10]}"}, safe="~")]


def _spread(connection: psycopg.Connection) -> None:
    """Give half of the people another status, so that the filter has something to leave out."""
    connection.execute("select set_config('app.tenant', %s, false)", (str(TENANT),))
    connection.execute(
        "update enrolments set status = %s where status = %s and hashtext(id::text) %% 2 = 0",
        (STATUSES[1], STATUSES[0]),
    )
    connection.execute("vacuum analyze enrolments, persons")


def _agree(product: str, floor: str) -> None:
    """Both sides show the same fifty."""
    shown = [re.findall(r'href="(/people/[^"]+)"', side) for side in (product, floor)]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 50


@contextmanager
def _served(world: World, target: str, environment: dict[str, str]) -> Iterator[int]:
    port = free_port(0)
    root = Path(__file__).parents[2]
    given = os.environ | {
        "SAMOE_HOME": str(world.settings.home), "SAMOE_FILES_IN_FOLDER": "1", "PYTHONPATH": str(root), **environment,
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.bench.serve", target, str(port)]
    log = (world.settings.home / f"{target.partition(':')[0]}.log").open("w")
    server = subprocess.Popen(command, env=given, cwd=root, stdout=log, stderr=subprocess.STDOUT)
    try:
        world.wait_for(port, server, Path(log.name))
        yield port
    finally:
        server.terminate()
        server.wait(20)
        log.close()
