"""The database alone, table by table, for each member: T-04, T-09, T-10, D-01, D-02, D-03."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cluster, Database
from tests.isolation import walls
from tests.isolation.company import Company, company


@pytest.fixture(scope="module")
def shared(cluster: Cluster, made_world: tuple[Database, Path]) -> Iterator[Company]:
    with company(cluster, *made_world) as made:
        yield made


def test_nobody_reads_what_is_not_theirs(shared: Company) -> None:
    for member in shared.members.values():
        assert list(walls.readable(shared, member)) == []
        assert list(walls.counts(shared, member)) == []


@pytest.mark.parametrize("name", ["lampang.lead@lampang", "phuket.ngo@phuket", "fund.reviewer@fund"])
def test_nobody_writes_into_another_tenant(shared: Company, name: str) -> None:
    assert list(walls.writable(shared, shared.members[name])) == []


def test_another_tenants_id_is_refused_as_nobodys_is(shared: Company) -> None:
    assert list(walls.references(shared, shared.members["lampang.lead@lampang"])) == []


def test_there_are_counts_to_be_kept_from_others(shared: Company) -> None:
    for table in ("rollup_aid", "rollup_screenings", "rollup_stock"):
        tenants = shared.owner.execute(f"select distinct tenant_id from {table}").fetchall()  # type: ignore[arg-type]
        assert {52, 83} <= {tenant for (tenant,) in tenants}, table


def test_criteria_that_people_were_screened_by_change_by_resolution_only(shared: Company) -> None:
    assert list(walls.tuned(shared, shared.members["lampang.lead@lampang"])) == []


def test_without_a_tenant_there_is_nothing(shared: Company) -> None:
    assert list(walls.unset(shared)) == []


def test_what_is_hidden_is_much(shared: Company) -> None:
    """The rules of this suite do hide something from each narrow member; else it would prove nothing."""
    for member in shared.members.values():
        if member.narrow and member.tenant in (52, 83):
            tables = {table for table, _row in member.hidden}
            assert {"persons", "enrolments", "row_history"} <= tables, member.name
