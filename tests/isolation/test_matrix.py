"""Every route against every role, in two minutes' measure: T-01, T-07, T-08, T-12, D-01, D-03, D-05, D-06.

Members with a part of a province try all kinds of ids on all that they may open; of the others, and of what is refused
anyway, a sample that is the same every time. ``make isolation`` carries out every cell.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation import writes
from tests.isolation.company import Company, Member, company
from tests.isolation.matrix import Matrix
from tests.isolation.places import TABLES, Entry


def sampled(member: Member, entry: Entry, one_in: int, *, refused: int = 24) -> bool:
    return zlib.crc32(f"{member.name} {entry}".encode()) % (one_in if member.may(entry) else refused) == 0


@pytest.fixture(scope="module")
def matrix(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Matrix]:
    with company(cluster, *made_world) as made:
        yield Matrix(made)


def faults(of: Company) -> list[str]:
    found, of.faults = sorted(set(of.faults)), []
    return found


def test_every_place_of_the_route_table_is_known(matrix: Matrix) -> None:
    known = {place for entry in matrix.company.ids.entries for place in entry.ids}
    assert known - {"batch_id"} == set(TABLES)
    empty = [table for table, rows in matrix.company.ids.rows.items() if not {52, 83} <= {tenant for tenant, _ in rows}]
    assert empty == []


def test_what_is_not_theirs_looks_like_what_nobody_has(matrix: Matrix, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    for member in matrix.company.members.values():
        for entry in matrix.company.ids.entries:
            if entry.method == "GET" and sampled(member, entry, 1 if member.narrow else 3):
                matrix.read(member, entry)
    assert faults(matrix.company) == []
    assert matrix.company.met > 2000, "a suite that meets no marker proves nothing"
    assert list(matrix.company.canaries.found(caplog.text)) == []


def test_writes_with_ids_of_others_change_nothing(matrix: Matrix) -> None:
    writes.write_all(matrix, lambda member, entry: sampled(member, entry, 2 if member.narrow else 4))
    assert faults(matrix.company) == []


def test_own_forms_cannot_speak_of_others(matrix: Matrix) -> None:
    writes.write_own(matrix, lambda member, entry: sampled(member, entry, 4, refused=100))
    assert faults(matrix.company) == []


def test_queued_messages_hold_ids_only(matrix: Matrix) -> None:
    """What lies in the queue, and what a job came to, is read by whoever runs the service."""
    rows = matrix.company.owner.execute("select message::text from dramatiq.queue").fetchall()
    kept = matrix.company.owner.execute("select result::text from dramatiq.result").fetchall()
    assert [list(matrix.company.canaries.found(row[0] or "")) for row in [*rows, *kept]] == [[]] * len([*rows, *kept])


def test_notices_carry_nothing_of_another_tenant(matrix: Matrix) -> None:
    marks = matrix.company.canaries
    rows = matrix.company.owner.execute("select tenant_id, params::text from notices").fetchall()
    assert [m for tenant, params in rows for m in marks.found(params or "") if m.tenant not in {tenant, 1}] == []
