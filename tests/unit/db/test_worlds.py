"""The fund and rehearsals do not meet: by the number of the tenant alone, on every table, also of later rooms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text

from samoe.db.engine import engine
from samoe.db.models import metadata
from samoe.db.protection import statements
from samoe.tenancy.rehearsing import fund_of, is_rehearsal, province_of, rehearsal_number, same_world
from tests.conftest import Database


@pytest.fixture(scope="module")
def owner(shared_database: Database) -> Iterator[Connection]:
    with engine(shared_database.dsn("owner")).connect() as connection:
        yield connection


def test_every_table_that_the_fund_reads_has_the_wall(owner: Connection) -> None:
    policies = owner.execute(
        text("select tablename, policyname, permissive from pg_policies where 'samoe_fund' = any(roles)")
    ).all()
    walled = {row.tablename for row in policies if row.policyname == "world" and row.permissive == "RESTRICTIVE"}
    made = {"own_account", "fund_members"}  # one's own sessions and second factor, whatever they are for
    read = {row.tablename for row in policies if row.policyname not in made | {"world"}}
    assert read - walled == set()
    assert len(walled) > 30


def test_what_a_table_says_of_itself_is_what_the_database_holds(owner: Connection) -> None:
    for table in metadata().sorted_tables:
        said = [one for one in statements(table) if " POLICY world " in one]
        held = owner.execute(
            text("select count(*) from pg_policies where tablename = :table and policyname = 'world'"),
            {"table": table.name},
        ).scalar_one()
        assert len(said) == held, table.name


def test_what_guards_rows_steps_aside_for_rehearsals_and_nobody_else(owner: Connection) -> None:
    """A guard against deleting, made by a later room, must say the same, or rehearsals could not be thrown away."""
    guards = owner.execute(
        text(
            "select tgrelid::regclass::text as of, pg_get_triggerdef(t.oid) as said from pg_trigger t"
            " join pg_attribute a on a.attrelid = tgrelid and a.attname = 'tenant_id'"
            " where not tgisinternal and tgtype & 11 = 11"
        )
    ).all()
    assert {guard.of for guard in guards} >= {"rule_versions", "payment_batches", "funding_requests", "safeguards"}
    for guard in guards:
        assert "old.tenant_id < 1000" in guard.said.lower(), guard.of
        assert "current_user <> 'samoe_owner'" in guard.said.lower(), guard.of


def test_numbers_tell_what_is_made_up_and_whose_it_is() -> None:
    number = rehearsal_number(52, 7)
    assert (number, province_of(number), province_of(52), province_of(10)) == (5207, "52", "52", "10")
    assert rehearsal_number(96, 100) == 9600
    assert [is_rehearsal(one) for one in (1, 52, 96, 1000, 5207, fund_of(5207))] == [False] * 3 + [True] * 3
    assert (fund_of(52), fund_of(5207)) == (1, 15207)
    assert same_world(1, 52)
    assert same_world(fund_of(5207), 5207)
    assert not any(same_world(*pair) for pair in [(1, 5207), (fund_of(5207), 52), (fund_of(5207), 5208), (1, 15207)])
