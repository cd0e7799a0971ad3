"""W1: a survey of 100,000 children and 25 columns, from the sent file to people on the list.

Floor: read the CSV, an HMAC for every identity number, and COPY the rows as they are into one table with four indexes
as a register of persons has them: by number, by area, by whole name, and by any part of the whole name. The product
also judges every cell, finds duplicates in the file and in the register, stages every row for preview, and writes
persons, identifiers, enrolments, places and roll-ups.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io

from samoe.intake.batches import actions, reading
from tests.bench.timing import Ratio, interleaved, seconds
from tests.bench.world import World, survey_csv

TENANT, PROVINCE, GROUP = 50, "50", "early_childhood"


def run(world: World, people: int, rounds: int) -> Ratio:
    files = iter([survey_csv(PROVINCE, people, seed) for seed in range(2 * rounds)])
    product, floor = interleaved(lambda: _product(world, next(files)), lambda: _floor(world, next(files)), rounds)
    return Ratio(f"W1 import CSV {people:,} × 25", product, floor, 4.0)


def _product(world: World, content: bytes) -> float:
    taken = seconds(lambda: bring_in(world, content))
    _empty(world)
    return taken


def bring_in(world: World, content: bytes) -> None:
    """A file from sent to written, by the steps that the pages and the worker take."""
    work = world.work(TENANT)
    table = actions.SentTable("bench.csv", content)
    with work.transaction() as db:
        batch = actions.upload(db, work.actor, work.settings, group_slug=GROUP, table=table, options={}).id
    reading.propose_reading(work, batch)
    with work.transaction() as db:
        actions.confirm(db, work.actor, batch, {}, job=None)
    reading.check(work, batch, whole=False)
    with work.transaction() as db:
        actions.order_commit(db, work.actor, batch, job=None)
    found = actions.commit(work, batch)
    assert found["create"] == content.count(b"\n") - 1


def _empty(world: World) -> None:
    """The next round begins with an empty register, too."""
    with world.connect("owner") as connection:
        connection.execute(f"select set_config('app.tenant', '{TENANT}', false)")
        names = "persons, person_identifiers, person_access, placements, enrolments, institutions"
        names += ", import_rows, rollup_stock"
        connection.execute(f"truncate {names} cascade")


def _floor(world: World, content: bytes) -> float:
    key = b"floor"

    def whole() -> None:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]
        for row in rows:
            hmac.new(key, row[1].encode(), hashlib.sha256).hexdigest()
            row.append(f"{row[3]} {row[4]}")
        columns = ", ".join(f"c{n} text" for n in range(26))
        with world.connect("owner") as connection, connection.transaction():
            connection.execute("drop table if exists floor_people")
            connection.execute(f"create table floor_people (tenant_id smallint default 50, {columns})")
            connection.execute("alter table floor_people add primary key (tenant_id, c1)")
            connection.execute("create index on floor_people (tenant_id, c10, c1)")
            connection.execute("create index on floor_people (tenant_id, c25, c1)")
            connection.execute("create index on floor_people using gin (tenant_id, c25 gin_trgm_ops)")
            names = ", ".join(f"c{n}" for n in range(26))
            with connection.cursor().copy(f"copy floor_people ({names}) from stdin") as copy:
                for row in rows:
                    copy.write_row(row)

    return seconds(whole)
